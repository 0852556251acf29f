using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Sums up the figures of one or several samples.</summary>
internal sealed class SampleFigures(int bands)
{
    private readonly PitchFigures _pitch = new();
    private readonly Tally _mels = new();
    private readonly SortedDictionary<string, WordErrors> _words = new(StringComparer.Ordinal);

    /// <summary>Of voices and opinions.</summary>
    public Tally Heard { get; } = new();

    /// <summary>Natural-log mels, [80, T].</summary>
    /// <param name="brief">Generated in few steps; null where there are none.</param>
    public void AddMel(float[] recorded, float[] generated, float[]? brief)
    {
        _mels.Add(FigureNames.MelL1, MelFigures.MeanAbsolute(recorded, generated), "nat", "reconstruction");
        _mels.Add("Mel L2", MelFigures.RootMeanSquare(recorded, generated), "nat", "reconstruction, root mean square");
        _mels.Add(FigureNames.CepstralDistortion, MelFigures.CepstralDistortion(recorded, generated, bands), "dB", "reconstruction, 13 coefficients");
        if (brief is not null) _mels.Add(FigureNames.MelL1InFewSteps, MelFigures.MeanAbsolute(recorded, brief), "nat", "reconstruction, evaluation.few_steps");
    }

    /// <summary>Both [T] Hz, 0 where unvoiced.</summary>
    public void AddPitch(float[] asked, float[] found) => _pitch.Add(asked, found);

    /// <param name="errors">Null where the words are not known.</param>
    public void AddWords(string name, WordErrors? errors) => _words[name] = _words.GetValueOrDefault(name) + (errors ?? default);

    public IEnumerable<Figure> All() =>
    [
        .. Heard.Figures(), .. _mels.Figures(),
        new(FigureNames.PitchCorrelation, _pitch.Correlation(), "", "frames voiced in both"),
        new("F0 error", _pitch.Error(), "semitones", "root mean square, frames voiced in both"),
        new(FigureNames.VoicingError, 100 * _pitch.VoicingError(), "%", "of frames"),
        .. _words.Where(entry => entry.Value.Rate is not null).Select(
            entry => new Figure(entry.Key, 100 * entry.Value.Rate, "%", $"of {entry.Value.Words} English words")),
    ];
}
