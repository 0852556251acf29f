using System.Text.Json.Nodes;
using Tmrvc.Features;
using Tmrvc.Models;
using Tmrvc.SafeTensors;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>Phase B at mini size, over made-up speech.</summary>
public sealed class DistributionTests
{
    private static readonly TrajectoriesSettings Ways = new()
    {
        Frames = 48, MinFrames = 48, Steps = 4, Stretches = 2, BatchSize = 6, Validation = 4, Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private static readonly DistillationSettings PhaseA = new()
    {
        Steps = 4, BatchSize = 4, Lr = 3e-3, EmaDecay = 0.5, ValidationInterval = 4, ValidationBatches = 1, Estimates = 0, Runtime = SyntheticPipeline.Teacher.Runtime,
    };

    private static readonly DistributionSettings PhaseB = new()
    {
        Steps = 6, BatchSize = 4, Lr = 1e-3, ScoreLr = 1e-3, ScoreUpdates = 2, WarmUp = 2, EmaDecay = 0.8, ValidationInterval = 4, ValidationBatches = 1,
        Estimates = 0, Runtime = SyntheticPipeline.Teacher.Runtime with { CheckpointInterval = 2 },
    };

    private SyntheticPipeline _pipeline = null!;
    private RecordedRun _teacher = null!;
    private RecordedRun _ways = null!;
    private RecordedRun _student = null!;

    [OneTimeSetUp]
    public async Task Prepare()
    {
        _pipeline = await SyntheticPipeline.Prepared();
        _teacher = await _pipeline.TrainTeacher("teacher", SyntheticPipeline.Teacher with { Steps = 100, Lr = 4e-3, ValidationInterval = 100 });
        _ways = await _pipeline.MakeTrajectories("ways", _teacher, Ways);
        _student = await _pipeline.Distil("a", _ways, PhaseA, SmallStudents.Architecture);
    }

    [OneTimeTearDown]
    public void Clear() => _pipeline.Dispose();

    [Test]
    public async Task Interrupted_at_three_random_steps_student_and_score_end_in_the_same_bytes()
    {
        var whole = await _pipeline.DistilFurther("whole", _ways, _student, _teacher, PhaseB);
        foreach (var step in Interruptions.Draw(seed: 8, 3, before: PhaseB.Steps)) _pipeline.InterruptDistillingFurther("broken", _ways, _student, _teacher, PhaseB, step);
        var broken = await _pipeline.DistilFurther("broken", _ways, _student, _teacher, PhaseB);
        Assert.That(broken.Lines, Has.Some.Contains("goes on from step"));
        foreach (var output in new[] { StudentNetworks.ContentEncoderFile, StudentNetworks.ConverterFile, MetricsLog.FileName })
            Assert.That(File.ReadAllBytes(broken.Output(output)), Is.EqualTo(File.ReadAllBytes(whole.Output(output))), output);
        var metrics = File.ReadAllText(whole.Output(MetricsLog.FileName));
        foreach (var name in new[] { "student_distribution", "student_stft", "student_speaker", "student_velocity", "student_envelope", "score_loss", "validation_distribution" })
            Assert.That(metrics, Does.Contain($"\"{name}\""));
        Assert.That(MetricsFile.ValidationLosses(whole.Output(MetricsLog.FileName)), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task By_distribution_alone_a_student_comes_nearer_to_what_the_teacher_says()
    {
        var alone = PhaseB with
        {
            Steps = 30, ScoreUpdates = 1, Lr = 3e-3, ScoreLr = 3e-3, StftWeight = 0, SpeakerWeight = 0, VelocityWeight = 0, EnvelopeWeight = 0, ValidationInterval = 30, Lookahead = [0],
        };
        var loud = await _pipeline.Distil("loud", _ways, PhaseA, SmallStudents.Architecture);
        Amplify(loud.Output(StudentNetworks.ConverterFile), nepers: 2);
        var run = await _pipeline.DistilFurther("alone", _ways, loud, _teacher, alone);
        var velocity = File.ReadLines(run.Output(MetricsLog.FileName)).Select(line => JsonNode.Parse(line)!["validation_velocity"]).OfType<JsonNode>()
            .Select(value => (double)value.GetValue<float>()).ToList();
        Assert.That(velocity[^1], Is.LessThan(0.5 * velocity[0]), "though no loss on it was learnt from");
    }

    private static void Amplify(string path, double nepers)
    {
        using var withoutGradient = no_grad();
        using var converter = ModelFiles.Converter.Load(path);
        ModuleWeights.Of(converter)["output_proj.bias"].add_(nepers);
        Dictionary<string, string> metadata;
        using (var file = SafeTensorsFile.Open(path)) metadata = new(file.Metadata);
        ModuleWeights.Save(converter, path, metadata);
    }

    [Test]
    public void With_the_teacher_itself_as_the_samples_flow_the_students_distribution_is_left_alone()
    {
        using var scope = NewDisposeScope();
        using var teacher = Frozen.Of(ModelFiles.Teacher.Load(_teacher.Output(TeacherPhaseStage.Model)));
        using var student = new ConvertingNetworks(
            ModelFiles.ContentEncoder.Load(_student.Output(StudentNetworks.ContentEncoderFile)), ModelFiles.Converter.Load(_student.Output(StudentNetworks.ConverterFile)));
        var statistics = MelStatistics.Read(_pipeline.Statistics);
        using var speech = new StudentSpeech(student.ContentEncoder, student.Converter, SmallStudents.Signal, statistics, CPU);
        using var shards = FeatureShards.Open(_pipeline.Features);
        var batch = StraightWays.To(shards, statistics, [(0, 0), (1, 1)]);
        using var random = new StepRandom(1, 0, 0, CPU);
        var objective = new DistributionObjective(
            student, speech, new(null, 0, CPU), teacher.forward, teacher.forward, teacher.Architecture.Dimensions, [], PhaseB, CPU);
        var distribution = objective.OfStudent(batch, random)[0];
        distribution.Value.backward();
        Assert.That((distribution.Name, distribution.Value.ToDouble()), Is.EqualTo(("distribution", 0.0)));
        Assert.That(student.parameters().Select(parameter => parameter.grad).OfType<Tensor>().Select(gradient => gradient.abs().max().ToDouble()), Is.Not.Empty.And.All.Zero);
        Assert.That(teacher.parameters().Select(parameter => parameter.grad), Has.All.Null);
    }

    [Test]
    public void Mistakes_are_told_by_name() => Assert.That(
        (PhaseB with { ScoreUpdates = 0, LeastTime = 0, MostTime = 2, StftWeight = -1, Lookahead = [] }).Mistakes().Select(mistake => mistake.Property),
        Is.EquivalentTo(new[] { "score_updates", "least_time", "most_time", "stft_weight", "lookahead" }));
}
