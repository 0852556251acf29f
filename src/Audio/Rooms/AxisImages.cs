using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>Images of the source along one axis: how far from the microphone, and what the two walls left of the sound.</summary>
internal readonly record struct AxisImage(double Offset, Vector256<float> Gain)
{
    /// <summary>Nearest first, up to a distance. Gains are the powers of Allen and Berkley (1979), equation 10.</summary>
    internal static AxisImage[] Of(
        double length, double source, double microphone, WallAbsorption low, WallAbsorption high, double distance)
    {
        var most = (int)Math.Ceiling(distance / (2 * length)) + 1;
        var images =
            from room in Enumerable.Range(-most, 2 * most + 1)
            from mirrored in (int[])[0, 1]
            let offset = (1 - 2 * mirrored) * source + 2 * room * length - microphone
            where Math.Abs(offset) <= distance
            orderby Math.Abs(offset)
            select new AxisImage(offset, Gains(low, high, Math.Abs(room - mirrored), Math.Abs(room)));
        return [.. images];
    }

    private static Vector256<float> Gains(WallAbsorption low, WallAbsorption high, int lowTimes, int highTimes) =>
        OctaveBands.Vector(band => Math.Pow(low.Reflection(band), lowTimes) * Math.Pow(high.Reflection(band), highTimes));
}
