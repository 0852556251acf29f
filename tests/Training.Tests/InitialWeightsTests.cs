using Tmrvc.BuildGraph;
using Tmrvc.Models;
using Tmrvc.SafeTensors;
using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class InitialWeightsTests
{
    private readonly TemporaryFolder _folder = new();
    private SyntheticPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task Prepare() => _pipeline = await SyntheticPipeline.Prepared();

    [OneTimeTearDown]
    public void Clear()
    {
        _pipeline.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_phase_begins_with_the_weights_of_a_file()
    {
        var first = await _pipeline.TrainTeacher("first", SyntheticPipeline.Teacher);
        using var teacher = ModelFiles.Teacher.Load(first.Output(TeacherPhaseStage.Model));
        ModuleWeights.Save(teacher, _folder["plain.safetensors"]); // nothing but tensors
        var second = await _pipeline.TrainTeacherFrom("second", _folder["plain.safetensors"], SyntheticPipeline.Teacher with { Steps = 1, WarmUp = 0 });
        Assert.That(
            MetricsFile.ValidationLosses(second.Output(MetricsLog.FileName))[0].Loss,
            Is.EqualTo(MetricsFile.ValidationLosses(first.Output(MetricsLog.FileName))[^1].Loss));
        Assert.That(File.ReadAllText(second.Output(TeacherPhaseStage.Summary)), Does.Not.Contain("weights.safetensors"), "a path is no part of a result");
    }

    [Test]
    public async Task Weights_of_the_upstream_preset_come_by_their_published_names()
    {
        using var teacher = new Teacher(TeacherArchitecture.Upstream(new(SyntheticSpeech.Mels, SyntheticSpeech.Content, 192, 24, 8)), seed: 9);
        ModuleWeights.Save(teacher, _folder["upstream.safetensors"]);
        using (var file = SafeTensorsFile.Open(_folder["upstream.safetensors"]))
            Assert.That(file.Tensors.Select(tensor => tensor.Name), Is.SupersetOf(new[] { "content_proj.weight", "time_mlp.2.bias", "film_spk.proj.weight", "down3.attn.q_proj.weight", "up4.res.skip.weight" }));
        var settings = SyntheticPipeline.Teacher with { Preset = "upstream", Steps = 1, WarmUp = 0, Lr = 1e-12, EmaDecay = 0, Optimiser = new() { WeightDecay = 0 } };
        var run = await _pipeline.TrainTeacherFrom("upstream", _folder["upstream.safetensors"], settings);
        using var left = ModelFiles.Teacher.Load(run.Output(TeacherPhaseStage.Model));
        var expected = ModuleWeights.Of(teacher);
        foreach (var (name, value) in ModuleWeights.Of(left))
            Assert.That((value - expected[name]).abs().max().ToDouble(), Is.LessThan(1e-6), name);
    }

    [Test]
    public void A_file_that_does_not_fit_is_refused_with_every_tensor_that_is_missing_unexpected_or_of_another_shape()
    {
        using var teacher = new Teacher(TeacherArchitecture.Tiny(new(SyntheticSpeech.Mels, SyntheticSpeech.Content, 192, 24, 8)));
        var weights = ModuleWeights.Of(teacher);
        weights.Remove("input_conv.bias");
        weights["input_convolution.bias"] = TorchSharp.torch.zeros(3);
        weights["output_conv.bias"] = TorchSharp.torch.zeros(7);
        ModuleWeights.Save(weights, _folder["wrong.safetensors"]);
        Assert.That(
            async () => await _pipeline.TrainTeacherFrom("wrong", _folder["wrong.safetensors"], SyntheticPipeline.Teacher),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("wrong.safetensors").And.Message.Contains("'input_conv.bias' is missing")
                .And.Message.Contains("'input_convolution.bias' is not one of its weights").And.Message.Contains("'output_conv.bias' is [7], [80] is needed"));
    }

    [Test]
    public void The_files_content_is_an_input_of_the_stage_and_a_phase_begins_with_one_thing_only()
    {
        var settings = SyntheticPipeline.Teacher with { InitialWeights = "data/weights.safetensors" };
        var stage = new TeacherPhaseStage("Phase0", settings, SyntheticPipeline.Constants, new(["Features"], "MelStatistics", "SpeakerEncoder"));
        Assert.That(stage.Inputs, Does.Contain(new StageInput.File("initial_weights", "data/weights.safetensors")));
        Assert.That((settings with { ResumesFrom = "0" }).Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "initial_weights" }));
    }
}
