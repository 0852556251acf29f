namespace Tmrvc.Audio;

/// <summary>Samples [Start, End) of a buffer, at that buffer's rate.</summary>
public readonly record struct SampleRange(int Start, int End)
{
    public int Length => End - Start;
}
