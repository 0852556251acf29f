using System.Globalization;

namespace Tmrvc.Build.Progress;

/// <summary>Sizes and times as people read them.</summary>
internal static class Quantity
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Decimal units: 1 MB is 1,000,000 bytes.</summary>
    public static string Bytes(long bytes)
    {
        var unit = 0;
        double value = bytes;
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }

    /// <summary>An amount, the time it took, and the rate where there is one.</summary>
    public static string Moved(long bytes, TimeSpan took)
    {
        var rate = bytes > 0 && took > TimeSpan.Zero ? $" ({Bytes((long)(bytes / took.TotalSeconds))}/s)" : "";
        return $"{Bytes(bytes)} in {Time(took)}{rate}";
    }

    /// <summary>Seconds to a tenth below a minute, then m:ss, then h:mm:ss.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => time.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture),
        { TotalHours: < 1 } => $"{time.Minutes}:{time.Seconds:00} min",
        _ => $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h",
    };
}
