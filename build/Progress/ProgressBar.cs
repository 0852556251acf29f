namespace Tmrvc.Build.Progress;

/// <summary>A share of a whole as a row of characters.</summary>
internal static class ProgressBar
{
    /// <param name="share">From 0 to 1.</param>
    public static string Of(double share, int width)
    {
        var full = (int)(Math.Clamp(share, 0, 1) * width);
        return new string('█', full) + new string('░', width - full);
    }

    /// <summary>The widest that leaves words enough room in a terminal of so many columns.</summary>
    public static int Width(int columns) => columns switch { < 60 => 0, < 100 => 8, _ => 20 };
}
