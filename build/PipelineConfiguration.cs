using Tmrvc.Audio;
using Tmrvc.Build.Executors;
using Tmrvc.Build.Pricing;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Reporting;
using Tmrvc.Training;

namespace Tmrvc.Build;

/// <summary>Everything that configs/ can say, section by section; each section belongs to the project that works by it.</summary>
public sealed record PipelineConfiguration : IValidated
{
    internal static readonly string[] KnownPhases = ["0", "1a", "1b", "2", "reflow"];

    /// <summary>The profile that this one's file extends; <see cref="ConfigurationFiles"/> has laid it below already.</summary>
    public string? Extends { get; init; }

    /// <summary>configs/constants.yaml.</summary>
    public required Constants Constants { get; init; }

    /// <summary>configs/costs.yaml.</summary>
    public CostSettings Costs { get; init; } = new();

    /// <summary>The corpora in use, by the names of their sections.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>The embedded corpus.</summary>
    public PromptsDataset? Prompts { get; init; }

    /// <summary>The user's own recordings.</summary>
    public FolderDataset? Folder { get; init; }

    public ArchiveDataset? Vctk { get; init; }

    public ArchiveDataset? Jvs { get; init; }

    public ArchiveDataset? LibrittsR { get; init; }

    /// <summary>What is known of networks of others.</summary>
    public PretrainedSettings Pretrained { get; init; } = new();

    /// <summary>Where the acoustic model of content by phones comes from.</summary>
    public PackageFolderSettings Phones { get; init; } = new();

    /// <summary>Where the models that words are understood by come from.</summary>
    public PackageFolderSettings Words { get; init; } = new();

    /// <summary>Impulse responses.</summary>
    public RoomCorpora Rooms { get; init; } = new();

    public FeaturesSettings Features { get; init; } = new();

    public MelStatisticsSettings MelStatistics { get; init; } = new();

    public SpeakerEncoderSettings SpeakerEncoder { get; init; } = new();

    /// <summary>The encoder that only judges: what it hears nothing was trained to please.</summary>
    public SpeakerEncoderSettings JudgeEncoder { get; init; } = new() { Seed = 2 };

    public TeacherVocoderSettings TeacherVocoder { get; init; } = new();

    /// <summary>The phases in use, each after the one it resumes from.</summary>
    public IReadOnlyList<string> TeacherPhases { get; init; } = ["0"];

    /// <summary>The teacher's phases by name: 0, 1a, 1b, 2, reflow.</summary>
    public required IReadOnlyDictionary<string, TeacherPhaseSettings> Phases { get; init; }

    public TeacherEvaluationSettings Evaluation { get; init; } = new();

    /// <summary>What phases must reach, by their names. A phase without an entry is not evaluated.</summary>
    public IReadOnlyDictionary<string, TeacherGateSettings> Gates { get; init; } = new Dictionary<string, TeacherGateSettings>();

    public StudentConfiguration Student { get; init; } = new();

    public ReportSettings Report { get; init; } = new();

    /// <summary>configs/executors.yaml.</summary>
    public ExecutorSettings Executors { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var mistake in DatasetMistakes())
            yield return mistake;
        foreach (var mistake in SignalMistakes())
            yield return mistake;
        foreach (var mistake in Pretrained.Missing("features", Features.Networks()).Concat(Pretrained.Missing("evaluation", Evaluation.Networks())))
            yield return mistake;
        if (SpeakerEncoder.Regression > 0 && Features.Speaker != SpeakerKind.Ecapa)
            yield return ("speaker_encoder.regression", $"found {SpeakerEncoder.Regression}, which needs features.speaker to be ecapa; 0 is allowed otherwise");
        foreach (var mistake in PhaseMistakes())
            yield return mistake;
        foreach (var mistake in StudentMistakes())
            yield return mistake;
    }

    /// <summary>Of constants that only what is built on them makes impossible.</summary>
    private IEnumerable<(string Property, string Message)> SignalMistakes()
    {
        var (longest, most) = (Features.Pitch.LongestLag(Constants.SampleRate), PitchSettings.MostLags(Constants.WindowLength));
        if (longest > most)
            yield return ("features.pitch.min_hertz", $"found {Features.Pitch.MinHertz}, whose period is {longest - 1} samples at constants.sample_rate {Constants.SampleRate}; fewer than {most} are allowed, two thirds of constants.window_length ({Constants.WindowLength})");
        foreach (var preset in PhasesInUse().Where(phase => !phase.Settings.Mistakes().Any()).Select(phase => phase.Settings.Preset).Distinct())
            foreach (var (_, message) in TeacherArchitecture.Preset(preset, TeacherDimensions.From(Constants, Constants.DContentVec)).Mistakes().Take(1))
                yield return ("constants.teacher_n_heads", $"found {Constants.TeacherNHeads}; teacher preset {preset}: {message}");
    }

    private IEnumerable<(string Property, string Message)> StudentMistakes()
    {
        if (Student.Phase == StudentPhase.None) yield break;
        if (Rooms.ResponseStages.Count == 0)
            yield return ("student.phase", $"found {Student.Phase}, and rooms.in_use is empty, from which a student learns to hear rooms; only none is allowed then");
        if (Student.Gate.ComparesVoices && Evaluation.Embedder == EmbedderKind.None)
            yield return ("student.gate", "asks for a SECS, and evaluation.embedder is none; name an embedder, or leave the bar out");
    }

    /// <summary>In the order of <see cref="TeacherPhases"/>.</summary>
    public IEnumerable<(string Name, TeacherPhaseSettings Settings)> PhasesInUse() => TeacherPhases.Where(Phases.ContainsKey).Select(name => (name, Phases[name]));

    /// <summary>Whether a loss or an evaluation listens through the teacher's vocoder.</summary>
    public bool NeedsVocoder => Evaluation.Waveforms == WaveformKind.Vocoder || PhasesInUse().Any(phase => phase.Settings.Losses.Stft > 0)
        || Student is { Phase: StudentPhase.B, DistillB.StftWeight: > 0 };

    public bool NeedsJudge => Evaluation.Embedder == EmbedderKind.JudgeEncoder;

    /// <summary>The networks of others that are in use, by name, where a corpus has features.</summary>
    internal IReadOnlyList<string> Networks => HasFeatures ? [.. Features.Networks().Union(Evaluation.Networks())] : [];

    /// <summary>Those that an evaluation reads: its own, and what tracks the features' F0.</summary>
    internal IEnumerable<string> EvaluationNetworks => Evaluation.Networks().Concat(Features.F0Networks());

    /// <summary>Whether an evaluation understands words.</summary>
    internal bool NeedsWords => HasFeatures && Evaluation.Words == WordsKind.PocketSphinx;

    /// <summary>Whether content is told by phones, where a corpus has features.</summary>
    internal bool NeedsPhones => HasFeatures && Features.Content == ContentKind.Phones;

    private bool HasFeatures => Corpora().Any(corpus => corpus.Dataset.Preprocess.Does(PreprocessStep.Features));

    /// <summary>The corpora in use, in the order of their sections.</summary>
    public IReadOnlyList<Corpus> Corpora() =>
    [
        .. Sections().Where(section => section.Dataset is not null && Datasets.Contains(section.Name))
            .Select(section => new Corpus(section.Name, section.Title, section.Dataset!)),
    ];

    /// <summary>The same with these steps for every corpus: <c>--steps</c>.</summary>
    public PipelineConfiguration Doing(IReadOnlyList<PreprocessStep> steps) => Preprocessing(settings => settings with { Steps = steps });

    /// <summary>The same with so many files at the same time, for every corpus: <c>--workers</c>.</summary>
    public PipelineConfiguration By(int workers) =>
        Preprocessing(settings => settings with { Workers = workers }) with
        {
            Features = Features with { Workers = workers },
            Rooms = Rooms.By(workers),
        };

    private PipelineConfiguration Preprocessing(Func<PreprocessSettings, PreprocessSettings> change) => this with
    {
        Prompts = Prompts is { } prompts ? prompts with { Preprocess = change(prompts.Preprocess) } : null,
        Folder = Folder is { } folder ? folder with { Preprocess = change(folder.Preprocess) } : null,
        Vctk = Vctk is { } vctk ? vctk with { Preprocess = change(vctk.Preprocess) } : null,
        Jvs = Jvs is { } jvs ? jvs with { Preprocess = change(jvs.Preprocess) } : null,
        LibrittsR = LibrittsR is { } libriTtsR ? libriTtsR with { Preprocess = change(libriTtsR.Preprocess) } : null,
    };

    /// <summary>The same with every network on one device: <c>--device</c>.</summary>
    public PipelineConfiguration On(DeviceChoice device) => WithDevices(_ => device) with
    {
        Features = device == DeviceChoice.Cpu ? Features with { Provider = InferenceProvider.Cpu } : Features,
    };

    /// <summary>The same with nothing left to be found out: what is <c>auto</c> is this device.</summary>
    public PipelineConfiguration Settled(DeviceChoice found) => WithDevices(device => device == DeviceChoice.Auto ? found : device);

    /// <summary>Whether the device of a network is <c>auto</c>.</summary>
    public bool LeavesDeviceOpen()
    {
        var isOpen = false;
        WithDevices(device =>
        {
            isOpen |= device == DeviceChoice.Auto;
            return device;
        });
        return isOpen;
    }

    /// <summary>The same with so many processes for every training that can be shared out: <c>--nproc</c>.</summary>
    public PipelineConfiguration Across(int processes) => With(runtime => runtime with { Processes = processes });

    private PipelineConfiguration WithDevices(Func<DeviceChoice, DeviceChoice> change) =>
        With(runtime => runtime with { Device = change(runtime.Device) }) with { Evaluation = Evaluation with { Device = change(Evaluation.Device) } };

    private PipelineConfiguration With(Func<RuntimeSettings, RuntimeSettings> change) => this with
    {
        SpeakerEncoder = SpeakerEncoder with { Runtime = change(SpeakerEncoder.Runtime) },
        JudgeEncoder = JudgeEncoder with { Runtime = change(JudgeEncoder.Runtime) },
        TeacherVocoder = TeacherVocoder with { Runtime = change(TeacherVocoder.Runtime) },
        Phases = Phases.ToDictionary(phase => phase.Key, phase => phase.Value with
        {
            Runtime = change(phase.Value.Runtime),
            Pairs = phase.Value.Pairs is { } pairs ? pairs with { Runtime = change(pairs.Runtime) } : null,
        }),
        Student = Student.With(change),
    };

    private IEnumerable<(string Property, string Message)> PhaseMistakes()
    {
        foreach (var phase in Phases.Keys.Except(KnownPhases))
            yield return ($"phases.{phase}", $"unknown phase; {ClosestName.Advice(phase, KnownPhases)}");
        foreach (var phase in Gates.Keys.Except(KnownPhases))
            yield return ($"gates.{phase}", $"unknown phase; {ClosestName.Advice(phase, KnownPhases)}");
        if (TeacherPhases.Count == 0)
            yield return ("teacher_phases", "is empty, one phase or more is needed.");
        foreach (var phase in TeacherPhases.Except(Phases.Keys))
            yield return ("teacher_phases", $"lists {phase}, which has no section in phases: {string.Join(", ", Phases.Keys)}");
        foreach (var (name, position) in TeacherPhases.Select((name, position) => (name, position)).Where(phase => Phases.ContainsKey(phase.name)))
            foreach (var mistake in OriginMistakes(name, Phases[name], [.. TeacherPhases.Take(position)]))
                yield return mistake;
        foreach (var (phase, gate) in Gates.Where(gate => TeacherPhases.Contains(gate.Key) && gate.Value.ComparesVoices && Evaluation.Embedder == EmbedderKind.None))
            yield return ($"gates.{phase}", "asks for a SECS, and evaluation.embedder is none; name an embedder, or leave the bar out");
        foreach (var (phase, _) in Gates.Where(gate => gate.Value.ListensToRooms && TeacherPhases.Contains(gate.Key) && Phases.TryGetValue(gate.Key, out var judged) && judged.Losses.Ir == 0))
            yield return ($"gates.{phase}", $"asks how the phase sounds in rooms, and phases.{phase}.losses.ir is 0; raise it, or leave the bar out");
        foreach (var (name, settings) in PhasesInUse().Where(phase => phase.Settings.Augmentation is { RoomProbability: > 0 } && Rooms.ResponseStages.Count == 0))
            yield return ($"phases.{name}.augmentation.room_probability", $"found {settings.Augmentation!.RoomProbability}, and rooms.in_use is empty; only 0 is allowed then");
        foreach (var (phase, _) in Gates.Where(gate => TeacherPhases.Contains(gate.Key) && gate.Value.OpinionScore is not null && Evaluation.Opinion == OpinionKind.None))
            yield return ($"gates.{phase}.opinion_score", "asks for a predicted opinion, and evaluation.opinion is none; choose utmos, or leave the bar out");
        foreach (var (phase, _) in Gates.Where(gate => TeacherPhases.Contains(gate.Key) && gate.Value.WordErrorRise is not null && Evaluation.Words == WordsKind.None))
            yield return ($"gates.{phase}.word_error_rise", "asks for word errors, and evaluation.words is none; choose pocket_sphinx, or leave the bar out");
        if (Evaluation.Embedder == EmbedderKind.Ecapa && Features.Speaker == SpeakerKind.Ecapa)
            yield return ("evaluation.embedder", "is ecapa, which the teacher is conditioned by (features.speaker); choose judge_encoder");
        if (NeedsJudge && (JudgeEncoder.Seed, JudgeEncoder.Channels) == (SpeakerEncoder.Seed, SpeakerEncoder.Channels))
            yield return ("judge_encoder", "is the speaker encoder that the teacher is conditioned by; give it another seed or another number of channels");
    }

    private IEnumerable<(string Property, string Message)> OriginMistakes(string name, TeacherPhaseSettings settings, IReadOnlyList<string> before)
    {
        if (settings.ResumesFrom is not { } origin)
            yield break;
        if (!before.Contains(origin))
            yield return ($"phases.{name}.resumes_from", $"found {origin}, a phase that teacher_phases lists before {name} is allowed: {string.Join(", ", before)}");
        else if (Phases.TryGetValue(origin, out var previous) && previous.Preset != settings.Preset && !previous.Mistakes().Any())
            yield return ($"phases.{name}.preset", $"found {settings.Preset}, phase {origin}, which it resumes from, is {previous.Preset}; make them equal");
    }

    /// <summary>All corpora; those without a section have no dataset.</summary>
    internal (string Name, string Title, Dataset? Dataset)[] Sections() =>
    [
        ("prompts", "Prompts", Prompts),
        ("folder", "Folder", Folder),
        ("vctk", "Vctk", Vctk),
        ("jvs", "Jvs", Jvs),
        ("libritts_r", "LibriTtsR", LibrittsR),
    ];

    private IEnumerable<(string Property, string Message)> DatasetMistakes()
    {
        string[] known = [.. Sections().Select(section => section.Name)];
        if (Datasets.Count == 0)
            yield return ("datasets", $"is empty, one corpus or more is needed. Known: {string.Join(", ", known)}.");
        foreach (var name in Datasets.Except(known))
            yield return ("datasets", $"unknown corpus '{name}'; {ClosestName.Advice(name, known)}");
        foreach (var (name, _, _) in Sections().Where(section => section.Dataset is null && Datasets.Contains(section.Name)))
            yield return ("datasets", $"lists {name}, which has no section; {(name == "folder" ? "add folder: {path: data/raw/voices}" : "take it off the list, or give it one as in configs/datasets.yaml")}");
        if (Folder is not null && !Datasets.Contains("folder"))
            yield return ("folder", "is not listed in datasets; list it, or leave the section out");
        foreach (var twice in Corpora().GroupBy(corpus => corpus.Dataset.Preprocess.Corpus.Name).Where(group => group.Count() > 1))
            yield return ($"{twice.Last().Name}.preprocess.corpus.name", $"found '{twice.Key}', which is the name of {twice.First().Name} already");
        foreach (var (phase, settings) in Phases)
            foreach (var name in settings.Datasets.Except(Datasets))
                yield return ($"phases.{phase}.datasets", $"found {name}, a corpus that datasets lists is allowed: {string.Join(", ", Datasets)}");
    }
}

/// <summary>A corpus in use.</summary>
/// <param name="Name">Of its section.</param>
/// <param name="Title">As in the names of its tasks: Vctk of FetchVctk.</param>
public sealed record Corpus(string Name, string Title, Dataset Dataset);
