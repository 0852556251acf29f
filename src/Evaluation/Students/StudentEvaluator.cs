using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>Lets every system say the same utterances in the same voices, and leaves mels, audio and figures in a folder.</summary>
internal sealed class StudentEvaluator(EvaluationBench bench, StudentSystems systems, SignalParameters signal, StudentEvaluationSettings settings)
{
    private const string Stage = "Student";

    private readonly LogMel _mel = new(signal);
    private readonly List<IReadOnlyList<Signal>> _signals = [];
    private readonly List<List<Figure>> _figures = [];

    /// <exception cref="InvalidDataException">No validation utterance is long enough.</exception>
    public EvaluationReport Evaluate(string folder, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var files = new SampleFolder(folder, signal.NMels);
        var asked = Asked();
        Show(files, asked);
        var rooms = bench.Trials is { } trials ? new SystemsInRooms(bench, trials, (system, wanted) => Spoken(system, wanted, cancellation)) : null;
        var results = new List<EvaluatedSystem>();
        float[][]? taught = null;
        foreach (var (place, system) in systems.All.Index())
        {
            var (result, mels) = Heard(files, system, asked, taught, rooms, cancellation);
            results.Add(result);
            taught ??= mels;
            progress.Report(new StageProgress(place + 1, systems.All.Count, "systems"));
        }
        files.Save();
        var report = new EvaluationReport(Stage, signal.SampleRate, signal.HopLength, signal.MelFmin, signal.MelFmax, Settings(),
            [.. new ReferenceFigures(bench).All(), .. StreamedPitch(), .. rooms?.References() ?? []], [.. asked.Select(Sample)]) { Systems = results };
        report.Write(Path.Combine(folder, EvaluationReport.FileName));
        return report;
    }

    private SortedDictionary<string, string> Settings() => new()
    {
        ["enrolment"] = $"{settings.Enrolment} recordings",
        ["steps of the teacher"] = $"{bench.Settings.Steps}",
        ["utterances"] = $"{settings.Utterances} of each voice",
    };

    /// <summary>Each voice's utterances in its own voice and in those of the others, and in some that no training heard.</summary>
    private IReadOnlyList<AskedSample> Asked()
    {
        if (bench.Plan is not { Reconstructions: { Count: > 0 } same } plan)
            throw new InvalidDataException($"Features: no validation utterance has shortest_sample ({bench.Settings.ShortestSample}) frames; lower it or add speech.");
        var others = plan.Conversions.ToLookup(asked => bench.Shards.SpeakerOf(asked.Utterance));
        return
        [
            .. same.Select(asked => asked with { IsShown = false }),
            .. same.SelectMany(asked => others[bench.Shards.SpeakerOf(asked.Utterance)].Select(
                other => other with { Utterance = asked.Utterance, IsShown = other.IsShown && other.Utterance == asked.Utterance })),
            .. plan.ToUnheard,
        ];
    }

    private void Show(SampleFolder files, IReadOnlyList<AskedSample> asked)
    {
        foreach (var (place, sample) in asked.Index())
        {
            var source = sample.IsShown ? bench.Recording(sample.Utterance) : null;
            _signals.Add(source is null ? [] : [files.Leave($"{place}-source", "source", bench.RecordedMel(sample.Utterance), source, "the recording")]);
            _figures.Add([]);
        }
    }

    private (EvaluatedSystem Result, float[][] Mels) Heard(
        SampleFolder files, IVoiceSystem system, IReadOnlyList<AskedSample> asked, float[][]? taught, SystemsInRooms? rooms, CancellationToken cancellation)
    {
        var judge = new SystemJudge(bench, system, signal.NMels);
        foreach (var utterance in asked.Select(sample => sample.Utterance).Distinct())
            judge.Hear(utterance, bench.Recording(utterance));
        var spoken = Spoken(system, asked.Select(sample => (sample, (int?)null)), cancellation);
        var mels = spoken.Select(voice => bench.Generator.Clamped(voice.LogMel ?? _mel.Compute(voice.Audio.Samples))).ToArray();
        foreach (var (place, sample) in asked.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            _figures[place].AddRange(judge.Judge(sample, spoken[place], mels[place], taught?[place]));
            if (sample.IsShown && IsShown(system))
                _signals[place] = [.. _signals[place], files.Leave($"{place}-{system.Name}", system.Name, mels[place], spoken[place].Audio, system.Note)];
        }
        var result = judge.Result();
        if (rooms is null || !IsShown(system)) return (result, mels);
        var dry = asked.Zip(spoken).ToDictionary(pair => (pair.First.Utterance, pair.First.Target), pair => pair.Second.Audio);
        return (result with { Figures = [.. result.Figures, .. rooms.Of(system, sample => dry[(sample.Utterance, sample.Target)])] }, mels);
    }

    private static bool IsShown(IVoiceSystem system) => system.Name is TeacherSystem.SystemName or StreamedStudent.Fp32 or StreamedStudent.Int8;

    private IReadOnlyList<SpokenVoice> Spoken(IVoiceSystem system, IEnumerable<(AskedSample Asked, int? Room)> wanted, CancellationToken cancellation) => system.IsParallel
        ? [.. wanted.AsParallel().AsOrdered().WithDegreeOfParallelism(settings.Streams > 0 ? settings.Streams : Environment.ProcessorCount)
            .WithCancellation(cancellation).Select(one => system.Speak(one.Asked, one.Room))]
        : [.. wanted.Select(one => system.Speak(one.Asked, one.Room))];

    private EvaluatedSample Sample(AskedSample asked, int place)
    {
        var entry = bench.Shards.Utterances[asked.Utterance];
        return new EvaluatedSample(entry.Id, asked.Target is null ? SampleKind.Reconstruction : SampleKind.Conversion, entry.SpeakerKey,
            asked.Target is { } whose ? bench.Shards.Speakers[whose] : null, entry.Transcript, _signals[place], _figures[place]);
    }

    /// <summary>What the stream's tracker hears in the sources, against what their features say.</summary>
    private IEnumerable<Figure> StreamedPitch()
    {
        var figures = new PitchFigures();
        foreach (var utterance in bench.Plan.Reconstructions.Select(asked => asked.Utterance))
            figures.Add(bench.Conversion.Same(utterance).F0, StreamedPitch(bench.Recording(utterance).Samples));
        yield return new(FigureNames.StreamedVoicing, 100 * figures.VoicingError(), "%", "of frames of the sources");
        yield return new(FigureNames.StreamedPitch, figures.Error(), "semitones", "root mean square, frames voiced in both");
    }

    private float[] StreamedPitch(float[] speech)
    {
        var tracker = new PitchStream(signal);
        return [.. Enumerable.Range(0, speech.Length / signal.HopLength).Select(frame => tracker.Push(speech.AsSpan(frame * signal.HopLength, signal.HopLength)))];
    }
}
