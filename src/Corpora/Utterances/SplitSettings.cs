using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

public sealed record SplitSettings : IValidated
{
    /// <summary>Share of the utterances, 0 to below 1.</summary>
    public double ValidationShare { get; init; } = 0.03;

    /// <summary>A speaker with so many recordings beside those for the test has one for the validation, however small its share.</summary>
    public int ValidationFromRecordings { get; init; } = 5;

    /// <summary>Share of the utterances, 0 to below 1.</summary>
    public double TestShare { get; init; } = 0.03;

    /// <summary>Share of the speakers of whom every utterance is kept for the test.</summary>
    public double HeldOutSpeakerShare { get; init; } = 0.05;

    /// <summary>A corpus with fewer speakers holds none out.</summary>
    public int HeldOutFromSpeakers { get; init; } = 20;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (property, share) in new[]
            { ("validation_share", ValidationShare), ("test_share", TestShare), ("held_out_speaker_share", HeldOutSpeakerShare) })
            if (share is not (>= 0 and < 1))
                yield return (property, $"found {share}, 0 to below 1 is allowed");
        if (ValidationShare + TestShare >= 1)
            yield return ("test_share", $"validation and test take {ValidationShare + TestShare}, nothing is left to train on");
        if (ValidationFromRecordings < 2)
            yield return ("validation_from_recordings", $"found {ValidationFromRecordings}, 2 or more is allowed");
        if (HeldOutFromSpeakers < 1)
            yield return ("held_out_from_speakers", $"found {HeldOutFromSpeakers}, 1 or more is allowed");
    }
}
