namespace Tmrvc.Corpora;

/// <summary>Seconds [Start, End) of a recording.</summary>
internal readonly record struct TimeRange(double Start, double End)
{
    internal double Length => End - Start;

    internal double Middle => (Start + End) / 2;
}
