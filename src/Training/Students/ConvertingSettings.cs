namespace Tmrvc.Training;

/// <summary>How content encoder and converter learn, whatever they learn from.</summary>
public abstract record ConvertingSettings : TrainingSettings
{
    /// <summary>Frames that the converter looks ahead by, drawn from these for each batch; validations take the first.</summary>
    public IReadOnlyList<int> Lookahead { get; init; } = [0, 6];

    /// <summary>Weight of the L1 distance of the converter's spectrum to the smooth one behind the teacher's mel.</summary>
    public double EnvelopeWeight { get; init; } = 0.1;

    /// <summary>Probability that the converter is told what the student's own estimator hears of the room, as in a stream, instead of the room that was applied.</summary>
    public double Estimates { get; init; } = 0.5;

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Precision == Precision.Bf16) yield return ("precision", "bf16: float32 and tf32 are allowed; spectra need more bits.");
        if (Lookahead.Count == 0 || Lookahead.Any(frames => frames < 0 || frames >= MinFrames))
            yield return ("lookahead", $"[{string.Join(", ", Lookahead)}]: one number or more, each from 0 up to, not including, min_frames ({MinFrames}), is allowed.");
        foreach (var (name, weight) in Weights())
            if (!(weight >= 0)) yield return (name, $"{weight}: 0 or more is allowed.");
        if (Estimates is not (>= 0 and <= 1)) yield return ("estimates", $"{Estimates}: from 0 to 1 is allowed.");
    }

    private protected virtual IEnumerable<(string Property, double Weight)> Weights() => [("envelope_weight", EnvelopeWeight)];
}
