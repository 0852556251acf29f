using System.Globalization;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Turns one stage's progress into words, with the rate since it was first heard of and the time left at that rate.</summary>
internal sealed class ProgressMeter(TimeProvider clock)
{
    private (long At, long Done)? _first;

    public string Describe(StageProgress progress)
    {
        Begin(progress);
        return Join([Amount(progress), progress.Detail, .. Pace(progress)]);
    }

    /// <summary>What a narrow terminal may cut comes last.</summary>
    public string DescribeInShort(StageProgress progress)
    {
        Begin(progress);
        return Join([Amount(progress), .. Pace(progress).Reverse(), progress.Detail]);
    }

    private void Begin(StageProgress progress) => _first ??= (clock.GetTimestamp(), progress.Done);

    private static string Join(IEnumerable<string?> parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string Amount(StageProgress progress) => progress.Unit == "bytes"
        ? $"{Quantity.Bytes(progress.Done)} of {Quantity.Bytes(progress.Total)}"
        : $"{progress.Done}/{progress.Total} {progress.Unit}";

    private IEnumerable<string> Pace(StageProgress progress)
    {
        var (at, done) = _first!.Value;
        var seconds = clock.GetElapsedTime(at).TotalSeconds;
        if (progress.Done <= done || seconds <= 0)
            yield break;
        var rate = (progress.Done - done) / seconds;
        yield return progress.Unit == "bytes"
            ? $"{Quantity.Bytes((long)rate)}/s"
            : string.Create(CultureInfo.InvariantCulture, $"{rate:0.##} {progress.Unit}/s");
        if (progress.Done < progress.Total)
            yield return $"{Quantity.Time(TimeSpan.FromSeconds((progress.Total - progress.Done) / rate))} left";
    }
}
