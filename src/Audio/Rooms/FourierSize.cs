namespace Tmrvc.Audio;

/// <summary>Transform sizes that take little time per sample, and few of them, so that plans can be kept.</summary>
internal static class FourierSize
{
    /// <returns>The least of 4, 5 or 6 times a power of two that is even and <paramref name="samples"/> or more.</returns>
    internal static int AtLeast(int samples)
    {
        var power = 2;
        while (6 * power < samples)
            power *= 2;
        return power * (4 * power >= samples ? 4 : 5 * power >= samples ? 5 : 6);
    }
}
