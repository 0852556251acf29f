using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>One sample as it was generated.</summary>
/// <param name="Recording">Log-mel of the utterance whose content is spoken, [80, T].</param>
/// <param name="Generated">[80, T].</param>
/// <param name="Brief">The same in few steps, [80, T]; null where there are no steps.</param>
internal sealed record SpokenSample(
    AskedSample Asked, UtteranceConditions Conditions, float[] Recording, float[] Generated, float[]? Brief, AudioBuffer Audio);

/// <summary>Measures samples one at a time, each for itself and all together.</summary>
internal sealed class SampleJudge(EvaluationBench bench, int bands)
{
    private readonly SampleFigures _overall = new(bands);
    private readonly Dictionary<int, WordErrors?> _recorded = [];

    /// <summary>Of all samples so far.</summary>
    public IEnumerable<Figure> Overall() => _overall.All();

    public IReadOnlyList<Figure> Judge(SpokenSample sample)
    {
        var (asked, own) = (sample.Asked, new SampleFigures(bands));
        var likeness = bench.Voices?.Of(sample.Audio, asked.Utterance);
        var pitch = bench.Pitch.Compute(sample.Audio);
        var (opinion, words) = (bench.Opinion?.Score(sample.Audio), bench.Words?.Errors(sample.Audio, asked.Utterance));
        foreach (var figures in new[] { own, _overall })
        {
            if (likeness is not null) AddVoice(figures.Heard, asked, likeness);
            if (bench.Discriminant is { } voices && asked is { Target: { } target, IsUnheard: false }) AddAssigned(figures.Heard, voices, sample, target);
            if (opinion is not null) figures.Heard.Add(FigureNames.OpinionScore, opinion, "", "predicted mean opinion score, 1 to 5");
            figures.AddPitch(sample.Conditions.F0, pitch);
            if (asked.Target is null) figures.AddMel(sample.Recording, sample.Generated, sample.Brief);
            else AddWords(figures, words, _recorded.GetValueOrDefault(asked.Utterance));
        }
        return [.. own.All()];
    }

    /// <summary>What a recording is after the vocoder: what no teacher can be above.</summary>
    public void JudgeRecording(int utterance, AudioBuffer vocoded)
    {
        AddOwn(FigureNames.Vocoded, utterance, vocoded, bench.Vocoder.Name);
        HearWords(utterance, vocoded);
    }

    /// <summary>What is understood of a recording, to be compared with what is understood of its conversions.</summary>
    public void HearWords(int utterance, AudioBuffer recording) => _recorded[utterance] = bench.Words?.Errors(recording, utterance);

    /// <summary>A reconstruction conditioned as conversions are.</summary>
    public void JudgeByMean(int utterance, AudioBuffer spoken) => AddOwn(FigureNames.ReconstructionByMean, utterance, spoken, "as conversions are conditioned");

    private void AddOwn(string name, int utterance, AudioBuffer spoken, string note)
    {
        if (bench.Voices is { } voices) _overall.Heard.Add(name, voices.Of(spoken, utterance).To(bench.Shards.SpeakerOf(utterance)), "", note);
    }

    /// <summary>As often as its conversions are counted, their source is: both are over the same sentences.</summary>
    private static void AddWords(SampleFigures figures, WordErrors? converted, WordErrors? source)
    {
        figures.AddWords(FigureNames.WordErrors, converted);
        figures.AddWords(FigureNames.RecordedWordErrors, source);
    }

    private static void AddAssigned(Tally heard, VoiceDiscriminant voices, SpokenSample sample, int target)
    {
        heard.Add(FigureNames.Assigned, voices.Gives(sample.Generated, target), "learnt from recordings alone");
        if (sample.Brief is { } brief) heard.Add(FigureNames.AssignedInFewSteps, voices.Gives(brief, target), "evaluation.few_steps");
    }

    private void AddVoice(Tally heard, AskedSample asked, Likeness likeness)
    {
        var source = bench.Shards.SpeakerOf(asked.Utterance);
        if (asked.Target is not { } target)
        {
            heard.Add(FigureNames.Reconstruction, likeness.To(source), "", "to other recordings of the voice; by the utterance's own embedding");
            return;
        }
        heard.Add(asked.IsUnheard ? FigureNames.Unheard : FigureNames.Conversion, likeness.To(target), "", "to recordings of the voice asked for");
        heard.Add(asked.IsUnheard ? FigureNames.UnheardNearest : FigureNames.Nearest, likeness.IsNearestTo(target));
        if (!asked.IsUnheard) heard.Add(FigureNames.ToSource, likeness.To(source));
    }
}
