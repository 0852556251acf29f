using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>A student that hears speech in rooms, over real speech and made-up rooms.</summary>
public sealed class RoomTrajectoriesTests
{
    private static readonly RuntimeSettings OneThread = new() { Device = DeviceChoice.Cpu, Threads = 1, CheckpointInterval = 3 };

    private static readonly TrajectoriesSettings Settings = new()
    {
        Frames = 48, MinFrames = 32, PerUtterance = 6, Steps = 2, Stretches = 1, BatchSize = 4, Validation = 2, Runtime = OneThread,
        Augmentation = new() { RoomProbability = 0.5, ShelfProbability = 0, NoiseProbability = 0.5, PitchProbability = 0.5 },
    };

    private static readonly DistillationSettings Distillation = new()
    {
        Steps = 7, BatchSize = 4, MinFrames = 32, Lr = 3e-3, EmaDecay = 0.5, ValidationInterval = 7, ValidationBatches = 1, Runtime = OneThread,
    };

    private readonly TemporaryFolder _folder = new();
    private SpeechCorpus _corpus = null!;
    private Dictionary<string, string> _inputs = null!;
    private RecordedRun _made = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _corpus = await SpeechCorpus.MakeAsync(validationShare: 0.5);
        var statistics = new MelStatistics(-11.5f, [.. Enumerable.Repeat(-5f, 80)], [.. Enumerable.Repeat(2f, 80)], 1);
        statistics.Write(_folder["statistics.json"]);
        _inputs = new()
        {
            ["features_Features"] = _corpus.FeaturesFolder, ["segments_Preprocess"] = _corpus.SegmentsFolder, ["responses_Rooms"] = _corpus.RoomsFolder,
            ["statistics"] = _folder["statistics.json"], ["embeddings"] = _folder["embeddings.safetensors"], ["teacher"] = _folder["teacher.safetensors"],
            ["ir_estimator"] = _folder["ir_estimator.safetensors"],
        };
        SpeakerEmbeddings.Save(_inputs["embeddings"], _corpus.Shards.Utterances.ToDictionary(utterance => utterance.Id, utterance => Direction(utterance.Speaker)));
        using var teacher = new Teacher(TeacherArchitecture.Preset("tiny", new(80, _corpus.Shards.ContentDimension, 192, 24, 8)), seed: 4);
        Disturb(teacher); // drawn weights let no condition through
        var metadata = ModelFiles.Teacher.Metadata(teacher.Architecture);
        metadata[MelStatistics.MetadataKey] = statistics.ToJson();
        ModuleWeights.Save(teacher, _inputs["teacher"], metadata);
        using var estimator = new IrEstimator(SmallStudents.Architecture, seed: 5);
        ModuleWeights.Save(estimator, _inputs["ir_estimator"], ModelFiles.IrEstimator.Metadata(estimator.Architecture));
        _made = await Make("whole");
        _inputs["trajectories"] = _made.Output(TrajectoriesStage.Trajectories);
    }

    [OneTimeTearDown]
    public void Clear()
    {
        _corpus.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Half_of_the_ways_are_in_a_room_and_keep_its_parameters_and_what_is_heard_in_there()
    {
        using var made = Open();
        using var embeddings = SpeakerEmbeddings.Open(_inputs["embeddings"]);
        var (shards, statistics) = (_corpus.Shards, MelStatistics.Read(_inputs["statistics"]));
        var plan = new RenditionPlan(shards, Settings).Of(Split.Train).ToList();
        var inRooms = Enumerable.Range(0, plan.Count).Where(place => made.RoomOf(place).ToArray().Any(value => Math.Abs(value) > 1e-6)).ToList();
        Assert.That(inRooms, Has.Count.InRange(plan.Count / 5, 4 * plan.Count / 5));
        var augmenter = _corpus.Augmenter(Settings.Augmentation!);
        foreach (var place in inRooms.Take(3))
        {
            var crop = plan[place].Crop;
            var batch = new TeacherBatches(shards, statistics, embeddings) { Augmenter = augmenter }.Make(new BatchPlan(plan[place].Time, [crop]));
            Assert.That(made.RoomOf(place).ToArray(), Is.EqualTo(batch.Rooms!.Parameters));
            Assert.That(Singles(made.HeardOf(place)), Is.EqualTo(batch.Features.TakeRows(batch.Rooms.Heard, 0)).Within(5e-3), "with its noise, in half precision");
        }
    }

    [Test]
    public void The_teacher_was_told_the_room()
    {
        using var scope = NewDisposeScope();
        using var made = Open();
        using var embeddings = SpeakerEmbeddings.Open(_inputs["embeddings"]);
        using var teacher = ModelFiles.Teacher.Load(_inputs["teacher"]);
        teacher.eval();
        var plan = new RenditionPlan(_corpus.Shards, Settings).Of(Split.Train).ToList();
        var place = Enumerable.Range(0, plan.Count).First(p => made.RoomOf(p).ToArray().Any(value => Math.Abs(value) > 1e-6));
        var batch = new RenditionBatches(_corpus.Shards, MelStatistics.Read(_inputs["statistics"]), embeddings, _ => _corpus.Augmenter(Settings.Augmentation!)).Make([plan[place]]);
        var sampling = new RenditionSampling(teacher, Settings, CPU);
        var noise = sampling.Noise([place], batch.Features);
        float[] Said(TeacherBatch told) => told.Features.TakeRows(sampling.Speak(told, noise).contiguous().data<float>().ToArray(), 0);
        var kept = Singles(made.Positions(place))[^Said(batch).Length..];
        Assert.That(kept, Is.EqualTo(Said(batch)).Within(5e-3));
        Assert.That(Said(batch with { Rooms = null }).Zip(kept, (a, b) => Math.Abs(a - b)).Max(), Is.GreaterThan(0.01), "a teacher that is told nothing says something else");
    }

    [Test]
    public async Task Ways_in_rooms_are_the_same_bytes_after_an_interruption()
    {
        using (var source = new CancellationTokenSource())
        {
            var run = new RecordedRun(_folder["broken"], _inputs) { Reported = done => { if (done >= 4) source.Cancel(); } };
            Assert.That(async () => await Stage(Settings).RunAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
        }
        var broken = await Make("broken");
        foreach (var file in Directory.GetFiles(_made.Output(TrajectoriesStage.Trajectories)))
            Assert.That(File.ReadAllBytes(Path.Combine(broken.Output(TrajectoriesStage.Trajectories), Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
    }

    [Test]
    public async Task A_student_learns_what_rooms_do_and_ends_in_the_same_bytes_when_it_is_interrupted()
    {
        var whole = await Distil("student");
        foreach (var step in Interruptions.Draw(seed: 3, 2, before: Distillation.Steps))
        {
            using var source = new CancellationTokenSource();
            var run = new RecordedRun(_folder["interrupted"], _inputs) { Reported = done => { if (done >= step) source.Cancel(); } };
            Assert.That(async () => await Student.TrainAsync(run, source.Token), Throws.InstanceOf<OperationCanceledException>());
        }
        var broken = await Distil("interrupted");
        foreach (var output in Student.Outputs) Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
        using var scope = NewDisposeScope();
        using var random = new StepRandom(1, 0, 0, CPU);
        using var converter = ModelFiles.Converter.Load(whole.Output(StudentNetworks.ConverterFile));
        var (content, speaker) = (random.Normal(1, SmallStudents.Architecture.Content, 9), random.Normal(1, 192));
        Tensor In(Tensor room) => converter.forward(content, new ConverterConditions(speaker, room)).Output;
        Assert.That((In(zeros(1, 24)) - In(random.Uniform(1, 24))).abs().max().item<float>(), Is.GreaterThan(1e-3));
    }

    [Test]
    public void A_converter_is_told_the_room_or_an_estimate_of_it_with_the_probability()
    {
        using var scope = NewDisposeScope();
        using var made = Open();
        using var estimator = ModelFiles.IrEstimator.Load(_inputs["ir_estimator"]);
        var batch = new TrajectoryBatches(made, _corpus.Shards, MelStatistics.Read(_inputs["statistics"])).Make(new BatchPlan(0, [new Crop(0, 0, 48), new Crop(1, 0, 48)]));
        var estimates = estimator.forward(batch.Said.Features.LogMelOn(CPU).narrow(2, 0, 40)).Output; // [2, 24, 4]
        var told = new RoomsTold(estimator, estimates: 0.5, CPU);
        var drawn = Enumerable.Range(0, 200).Select(n =>
        {
            using var random = new StepRandom(1, n, 0, CPU);
            return Which(told.Of(batch, random));
        }).ToList();
        Assert.That(drawn, Has.None.EqualTo(-2), "nothing else is told");
        Assert.That(drawn.Count(which => which == -1), Is.EqualTo(100).Within(25));
        Assert.That(drawn.Where(which => which >= 0).Distinct(), Is.EquivalentTo(new[] { 0, 1, 2, 3 }));

        int Which(Tensor of) => Near(of, batch.RoomOn(CPU)) ? -1 : Enumerable.Range(0, 4).Cast<int?>().FirstOrDefault(n => Near(of, estimates.select(2, n!.Value))) ?? -2;
        static bool Near(Tensor a, Tensor b) => (a.select(0, 0) - b.select(0, 0)).abs().max().item<float>() < 1e-6;
    }

    [Test]
    public void A_teacher_that_knows_no_rooms_is_told_of_none() =>
        Assert.That((Settings.WithoutRooms().Augmentation!.RoomProbability, Settings.WithoutRooms().Augmentation!.NoiseProbability), Is.EqualTo((0.0, 0.5)));

    [Test]
    public void A_mistake_in_how_speech_is_changed_is_told_by_its_name() => Assert.That(
        (Settings with { Augmentation = new() { RoomProbability = 2 } }).Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "augmentation.room_probability" }));

    private static DistillStage Student => new(
        "DistillA", Distillation, SyntheticPipeline.Constants, SmallStudents.Architecture, new("Trajectories", ["Features"], "MelStatistics", "StudentRooms"))
    {
        Clock = new RacingClock(),
    };

    private static TrajectoriesStage Stage(TrajectoriesSettings settings) =>
        new("Trajectories", settings, SyntheticPipeline.Constants, new("Phase2", ["Features"], "MelStatistics", "SpeakerEncoder") { Preprocessing = ["Preprocess"], Rooms = ["Rooms"] });

    private async Task<RecordedRun> Make(string folder)
    {
        var run = new RecordedRun(_folder[folder], _inputs);
        await Stage(Settings).RunAsync(run, CancellationToken.None);
        return run;
    }

    private async Task<RecordedRun> Distil(string folder)
    {
        var run = new RecordedRun(_folder[folder], _inputs);
        await Student.TrainAsync(run, CancellationToken.None);
        return run;
    }

    private static void Disturb(Teacher teacher)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var random = new StepRandom(9, 0, 0, CPU);
        foreach (var parameter in teacher.parameters()) parameter.copy_(parameter + random.Normal(parameter.shape) * 0.02);
    }

    private TeacherTrajectories Open() => TeacherTrajectories.Open(_inputs["trajectories"]);

    private static float[] Singles(ReadOnlySpan<Half> values) => [.. values.ToArray().Select(value => (float)value)];

    /// <summary>Unit length, another one for each speaker.</summary>
    private static float[] Direction(string speaker) => [.. Enumerable.Range(0, 192).Select(i => i == speaker.Sum(letter => letter) % 192 ? 1f : 0f)];
}
