using Tmrvc.ArtifactStore;
using Tmrvc.Corpora;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TrajectoriesTests
{
    private static readonly TrajectoriesSettings Settings = new()
    {
        Frames = 48, MinFrames = 32, Conversions = 0.5, Steps = 6, Stretches = 3, BatchSize = 6, Validation = 4, ShardMebibytes = 1,
        Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private SyntheticPipeline _pipeline = null!;
    private RecordedRun _teacher = null!;
    private RecordedRun _made = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _pipeline = await SyntheticPipeline.Prepared();
        _teacher = await _pipeline.TrainTeacher("teacher", SyntheticPipeline.Teacher);
        _made = await _pipeline.MakeTrajectories("trajectories", _teacher, Settings);
    }

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public void Every_training_utterance_has_its_way_and_half_of_them_are_conversions()
    {
        using var made = TeacherTrajectories.Open(_made.Output(TrajectoriesStage.Trajectories));
        Assert.That(made.Of(Split.Train).Count(), Is.EqualTo(24));
        Assert.That(made.Of(Split.Validation).Count(), Is.EqualTo(4));
        Assert.That(made.Entries.Count(entry => entry.Voice != string.Join('/', entry.Utterance.Split('/')[..2])), Is.EqualTo(14).Within(8));
        Assert.That(made.Kept, Is.EqualTo(4));
    }

    [Test]
    public void What_is_kept_lies_on_the_teachers_way_from_the_noise_to_the_speech()
    {
        using var scope = NewDisposeScope();
        using var made = TeacherTrajectories.Open(_made.Output(TrajectoriesStage.Trajectories));
        using var shards = FeatureShards.Open(_pipeline.Features);
        using var embeddings = SpeakerEmbeddings.Open(_pipeline.Embeddings);
        using var teacher = ModelFiles.Teacher.Load(_teacher.Output(TeacherPhaseStage.Model));
        teacher.eval();
        var plan = new RenditionPlan(shards, Settings).Of(Split.Train).ToList();
        var batch = new RenditionBatches(shards, MelStatistics.Read(_pipeline.Statistics), embeddings).Make([plan[5]]);
        var sampling = new RenditionSampling(teacher, Settings, CPU);
        var way = sampling.Trajectory(batch, sampling.Noise([5], batch.Features));
        float[] expected = [.. new[] { 0, 2, 4, 6 }.SelectMany(step => way[step].data<float>().ToArray())];
        Assert.That(made.Positions(5).ToArray().Select(value => (float)value), Is.EqualTo(expected).Within(5e-3), "in half precision");
        Assert.That(made.F0(5).ToArray(), Is.EqualTo(batch.Features.F0));
        Assert.That(made.Speaker(5).ToArray(), Is.EqualTo(batch.Speaker));
    }

    [Test]
    public async Task Trajectories_are_the_same_bytes_every_time_and_after_an_interruption()
    {
        var several = Settings with { PerUtterance = 2 };
        var whole = await _pipeline.MakeTrajectories("whole", _teacher, several);
        _pipeline.InterruptTrajectories("broken", _teacher, several, after: 40);
        var broken = await _pipeline.MakeTrajectories("broken", _teacher, several);
        Assert.That(broken.Reports[0].Done, Is.GreaterThan(20), "a finished shard was kept");
        foreach (var file in Directory.GetFiles(whole.Output(TrajectoriesStage.Trajectories)))
            Assert.That(File.ReadAllBytes(Path.Combine(broken.Output(TrajectoriesStage.Trajectories), Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
    }

    [Test]
    public void A_batch_holds_the_source_as_it_was_recorded_and_what_the_teacher_was_told()
    {
        using var made = TeacherTrajectories.Open(_made.Output(TrajectoriesStage.Trajectories));
        using var shards = FeatureShards.Open(_pipeline.Features);
        var statistics = MelStatistics.Read(_pipeline.Statistics);
        var place = Enumerable.Range(0, made.Entries.Count).First(p => !made.Entries[p].Utterance.StartsWith(made.Entries[p].Voice, StringComparison.Ordinal));
        var entry = made.Entries[place];
        var batch = new TrajectoryBatches(made, shards, statistics).Make(new BatchPlan(0, [new Crop(place, 0, entry.Frames)]));
        var utterance = shards.Utterances.Index().Single(u => u.Item.Id == entry.Utterance).Index;
        var source = new NormalisedBatches(shards, statistics, 1).Make(new BatchPlan(0, [new Crop(utterance, entry.Start, entry.Frames)]));
        Assert.That(batch.Said.Features.LogMel, Is.EqualTo(source.LogMel).Within(3e-3), "in half precision");
        Assert.That(batch.Room, Is.EqualTo(new float[24]), "nobody told of a room");
        Assert.That(batch.Said.Features.F0, Is.EqualTo(made.F0(place).ToArray()));
        Assert.That(batch.Positions, Is.EqualTo(made.Positions(place).ToArray().Select(value => (float)value)));
    }

    [Test]
    public void Ways_that_cannot_fit_are_refused_before_the_first_is_made() => Assert.That(
        () => _pipeline.MakeTrajectories("large", _teacher, Settings with { Steps = 1_000_000_000, Stretches = 1_000_000_000 }),
        Throws.TypeOf<StorageException>().With.Message.Contains("GB are needed (28 trajectories that are not there yet), "));

    [Test]
    public void Stretches_must_divide_the_steps() =>
        Assert.That((Settings with { Stretches = 4 }).Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "stretches" }));
}
