namespace Tmrvc.Evaluation;

/// <summary>Sums up the figures of one or several samples.</summary>
internal sealed class SampleFigures(int bands)
{
    private readonly PitchFigures _pitch = new();
    private readonly List<(double Absolute, double Square, double Distortion)> _mels = [];
    private readonly Dictionary<string, List<double>> _similarities = [];
    private readonly List<double> _opinions = [];

    /// <summary>Both natural-log mels, [80, T].</summary>
    public void AddMel(float[] recorded, float[] generated) => _mels.Add((
        MelFigures.MeanAbsolute(recorded, generated),
        MelFigures.RootMeanSquare(recorded, generated),
        MelFigures.CepstralDistortion(recorded, generated, bands)));

    /// <summary>Both [T] Hz, 0 where unvoiced.</summary>
    public void AddPitch(float[] asked, float[] found) => _pitch.Add(asked, found);

    /// <summary>Of generated speech to recordings of the voice that was asked for.</summary>
    public void AddSimilarity(SampleKind kind, double similarity)
    {
        var name = kind == SampleKind.Reconstruction ? FigureNames.Reconstruction : FigureNames.Conversion;
        if (!_similarities.TryGetValue(name, out var values)) _similarities[name] = values = [];
        values.Add(similarity);
    }

    /// <summary>Predicted, 1 to 5.</summary>
    public void AddOpinion(double score) => _opinions.Add(score);

    public IEnumerable<Figure> All()
    {
        foreach (var (name, values) in _similarities)
            yield return new(name, values.Average(), "", "to other recordings of the voice asked for");
        if (_opinions.Count > 0) yield return new(FigureNames.OpinionScore, _opinions.Average(), "", "predicted mean opinion score, 1 to 5");
        if (_mels.Count > 0)
        {
            yield return new("Mel L1", _mels.Average(mel => mel.Absolute), "nat", "reconstruction");
            yield return new("Mel L2", _mels.Average(mel => mel.Square), "nat", "reconstruction, root mean square");
            yield return new("Mel-cepstral distortion", _mels.Average(mel => mel.Distortion), "dB", "reconstruction, 13 coefficients");
        }
        yield return new("F0 correlation", _pitch.Correlation(), "", "frames voiced in both");
        yield return new("F0 error", _pitch.Error(), "semitones", "root mean square, frames voiced in both");
        yield return new("Voicing error", 100 * _pitch.VoicingError(), "%", "of frames");
    }
}
