namespace Tmrvc.Reporting;

/// <summary>What tells the samples of an evaluation apart.</summary>
/// <param name="Id">Of the utterance.</param>
/// <param name="Voice">Empty for a reconstruction.</param>
internal sealed record AskedSample(string Id, string Kind, string Voice)
{
    public static AskedSample Of(SampleContent sample) => new(sample.Id, sample.Kind, sample.TargetSpeaker);

    public override string ToString() => Voice.Length > 0 ? $"{Id} ({Kind}, {Voice})" : $"{Id} ({Kind})";
}
