using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class ReflowTests
{
    private static readonly ReflowPairsSettings Pairs = new()
    {
        Frames = 48, MinFrames = 32, Conversions = 0.5, Steps = 4, BatchSize = 6, Validation = 4, ShardMebibytes = 1,
        Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private static readonly TeacherPhaseSettings Settings = SyntheticPipeline.Teacher with
    {
        ResumesFrom = "2", Flow = new() { Unconditional = 0 }, Pairs = Pairs,
    };

    private SyntheticPipeline _pipeline = null!;
    private RecordedRun _teacher = null!;
    private RecordedRun _made = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _pipeline = await SyntheticPipeline.Prepared();
        _teacher = await _pipeline.TrainTeacher("teacher", SyntheticPipeline.Teacher with { Steps = 30 });
        _made = await _pipeline.MakePairs("pairs", _teacher, Pairs);
    }

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public void Every_training_utterance_has_a_pair_and_some_of_the_validation_have()
    {
        using var pairs = ReflowPairs.Open(_made.Output(ReflowPairsStage.Pairs));
        Assert.That(pairs.Of(Split.Train).Select(place => pairs.Entries[place].Utterance).Distinct().Count(), Is.EqualTo(24));
        Assert.That(pairs.Of(Split.Validation).Count(), Is.EqualTo(4));
        Assert.That(pairs.Entries.Count(entry => entry.Voice != string.Join('/', entry.Utterance.Split('/')[..2])), Is.GreaterThan(5), "conversions");
        Assert.That(pairs.Entries.Select(entry => entry.Shard).Distinct().Count(), Is.EqualTo(1), "28 pairs of 31 kB are one mebibyte");
        Assert.That(pairs.Noise(3).ToArray().Average(value => value * value), Is.EqualTo(1).Within(0.1));
    }

    [Test]
    public void The_velocity_of_a_pair_is_what_the_teacher_travelled_the_same_at_every_time()
    {
        using var scope = NewDisposeScope();
        using var shards = FeatureShards.Open(_pipeline.Features);
        using var pairs = ReflowPairs.Open(_made.Output(ReflowPairsStage.Pairs));
        var batch = new PairBatches(pairs, shards, MelStatistics.Read(_pipeline.Statistics)).Make(new BatchPlan(0, [new Crop(2, 0, 48), new Crop(7, 0, 48)]));
        var straight = tensor(Straight(pairs, 2).Concat(Straight(pairs, 7)).ToArray(), [2, 80, 48]);
        foreach (var step in Enumerable.Range(0, 3))
        {
            using var random = new StepRandom(1, step, 0, CPU);
            var objective = new TeacherObjective((_, _, _) => straight, new(80, shards.ContentDimension, 192, 24, 8), Settings.Flow, [new FlowLoss()], CPU);
            Assert.That(objective.Evaluate(batch, random)[0].Value.ToDouble(), Is.Zero.Within(1e-10), "whatever time was drawn");
        }
    }

    [Test]
    public void Noise_and_speech_are_one_stroke_of_the_teachers_flow()
    {
        using var scope = NewDisposeScope();
        using var pairs = ReflowPairs.Open(_made.Output(ReflowPairsStage.Pairs));
        using var shards = FeatureShards.Open(_pipeline.Features);
        using var embeddings = SpeakerEmbeddings.Open(_pipeline.Embeddings);
        using var teacher = ModelFiles.Teacher.Load(_teacher.Output(TeacherPhaseStage.Model));
        teacher.eval();
        var plan = new RenditionPlan(shards, Pairs).Of(Split.Train).ToList();
        var batch = new RenditionBatches(shards, MelStatistics.Read(_pipeline.Statistics), embeddings).Make([plan[5]]);
        var spoken = new RenditionSampling(teacher, Pairs, CPU).Speak(batch, pairs.Noise(5).ToArray());
        Assert.That(spoken.data<float>().ToArray(), Is.EqualTo(pairs.Clean(5).ToArray()).Within(1e-3), "alone as in its batch");
    }

    [Test]
    public async Task Pairs_are_the_same_bytes_every_time_and_after_an_interruption()
    {
        var small = Pairs with { PerUtterance = 3 };
        var whole = await _pipeline.MakePairs("pairs-whole", _teacher, small);
        _pipeline.InterruptPairs("pairs-broken", _teacher, small, after: 40);
        var broken = await _pipeline.MakePairs("pairs-broken", _teacher, small);
        Assert.That(broken.Reports[0].Done, Is.GreaterThan(33), "a finished shard was kept");
        string[] files = [.. Directory.GetFiles(whole.Output(ReflowPairsStage.Pairs)).Select(Path.GetFileName).OfType<string>().Order()];
        Assert.That(files, Is.EqualTo(new[] { "pairs-00000.safetensors", "pairs-00001.safetensors", "pairs-00002.safetensors", "pairs.jsonl" }));
        foreach (var file in files)
            Assert.That(File.ReadAllBytes(Path.Combine(broken.Output(ReflowPairsStage.Pairs), file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(whole.Output(ReflowPairsStage.Pairs), file))), file);
    }

    [Test]
    public async Task A_phase_on_pairs_learns_them_and_interrupted_at_three_random_steps_ends_in_the_same_bytes()
    {
        var whole = await _pipeline.Straighten("whole", _teacher, _made, Settings);
        foreach (var step in Interruptions.Draw(seed: 4, 3, before: Settings.Steps)) _pipeline.InterruptStraightening("broken", _teacher, _made, Settings, step);
        var broken = await _pipeline.Straighten("broken", _teacher, _made, Settings);
        foreach (var output in new[] { TeacherPhaseStage.Model, MetricsLog.FileName, TeacherPhaseStage.Summary })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
        var losses = MetricsFile.ValidationLosses(whole.Output(MetricsLog.FileName));
        Assert.That(losses[^1].Loss, Is.LessThan(losses[0].Loss), "on pairs that it did not learn from");
    }

    [Test]
    public void Pairs_go_with_no_augmentation_exchange_or_other_pairing() => Assert.That(
        (Settings with { ResumesFrom = null, Augmentation = new(), Flow = new() { CrossSpeaker = 0.2, OptimalTransport = true }, Losses = new() { Speaker = 1 } })
            .Mistakes().Select(mistake => mistake.Property),
        Is.EquivalentTo(new[] { "resumes_from", "augmentation", "flow.cross_speaker", "flow.optimal_transport" }));

    private static float[] Straight(ReflowPairs pairs, int place) =>
        [.. pairs.Noise(place).ToArray().Zip(pairs.Clean(place).ToArray(), (noise, clean) => noise - clean)];
}
