using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Gathers the figures of one system.</summary>
internal sealed class SystemJudge(EvaluationBench bench, IVoiceSystem system, int bands)
{
    private readonly SampleJudge _judge = new(bench, bands);
    private readonly Tally _conversions = new();
    private long _notFinite;

    public IVoiceSystem System => system;

    /// <summary>What of the recordings' own words is understood.</summary>
    public void Hear(int utterance, AudioBuffer recording) => _judge.HearWords(utterance, recording);

    /// <param name="taught">Log-mel of the teacher's rendition, [80, T], clamped; null where this is the teacher.</param>
    /// <returns>What is told of the sample itself.</returns>
    public IReadOnlyList<Figure> Judge(AskedSample asked, SpokenVoice spoken, float[] logMel, float[]? taught)
    {
        var conditions = bench.Conversion.Same(asked.Utterance) with { F0 = spoken.F0 };
        var figures = _judge.Judge(new SpokenSample(asked, conditions, bench.RecordedMel(asked.Utterance), logMel, null, spoken.Audio));
        _notFinite += spoken.NotFinite;
        if (asked.Target is not null)
        {
            _conversions.Add(FigureNames.PitchWithin, figures.Single(figure => figure.Name == FigureNames.PitchCorrelation).Value, "", "of each by itself");
            _conversions.Add(FigureNames.GlobalVariance, MelFigures.GlobalVariance(logMel, bands) / MelFigures.GlobalVariance(bench.RecordedMel(asked.Utterance), bands), "", "of 13 mel-cepstra; below 1 is blurred");
            if (taught is not null)
                _conversions.Add(FigureNames.ToTeacher, MelFigures.CepstralDistortion(taught, logMel, bands), "dB", "conversions, 13 coefficients");
        }
        return [.. figures.Where(figure => Told.Contains(figure.Name)).Select(figure => figure with { Name = $"{system.Name}: {figure.Name}" })];
    }

    public EvaluatedSystem Result() => new(system.Name, system.Note,
    [
        .. _judge.Overall(), .. _conversions.Figures(),
        new(FigureNames.NotFinite, _notFinite),
        .. system.LatencyMilliseconds is { } milliseconds ? [new Figure(FigureNames.Latency, milliseconds, "ms")] : Array.Empty<Figure>(),
    ]);

    private static readonly HashSet<string> Told = [FigureNames.Conversion, FigureNames.Unheard, FigureNames.PitchCorrelation];
}
