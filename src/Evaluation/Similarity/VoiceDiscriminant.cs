namespace Tmrvc.Evaluation;

/// <summary>
/// Whose voice a mel is in, told by cepstra: a discriminant that learnt from real recordings alone. No network was ever trained through it or with it.
/// </summary>
public sealed class VoiceDiscriminant
{
    private readonly VoiceStatistics _statistics;
    private readonly SpeakerDiscriminant _discriminant;

    private VoiceDiscriminant(VoiceStatistics statistics, IReadOnlyList<(int Speaker, double[] Features)> examples) =>
        (_statistics, _discriminant) = (statistics, new SpeakerDiscriminant(examples));

    /// <param name="recordings">Log-mels of speakers, [80, T].</param>
    /// <returns>Null where there is one voice, or fewer recordings than its covariance needs.</returns>
    public static VoiceDiscriminant? Of(int mels, IEnumerable<(int Speaker, float[] LogMel)> recordings)
    {
        var statistics = new VoiceStatistics(mels);
        var examples = recordings.Select(recording => (recording.Speaker, Features: statistics.Of(recording.LogMel))).ToList();
        var speakers = examples.Select(example => example.Speaker).Distinct().Count();
        return speakers < 2 || examples.Count <= speakers + statistics.Dimension ? null : new(statistics, examples);
    }

    /// <param name="logMel">[80, T], clamped as the recordings were.</param>
    public bool Gives(float[] logMel, int speaker) => _discriminant.Classify(_statistics.Of(logMel)) == speaker;
}
