using Tmrvc.Contract;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Tmrvc.Configuration;
using Tmrvc.Models;
using Tmrvc.Support;

namespace Tmrvc.Export.Tests;

public sealed class StudentContractTests
{
    private static readonly string[] Promised =
    [
        "content_encoder: mel_frame [1,80,1], f0 [1,1,1], state_in [1,256,28] → content [1,256,1], state_out [1,256,28]",
        "converter: content [1,256,1], spk_embed [1,192], lora_delta [1,24576], ir_params [1,24], state_in [1,384,52] → pred_features [1,513,1], state_out [1,384,52]",
        "converter_hq: content [1,256,7], spk_embed [1,192], lora_delta [1,24576], ir_params [1,24], state_in [1,384,46] → pred_features [1,513,1], state_out [1,384,46]",
        "vocoder: features [1,513,1], state_in [1,256,14] → stft_mag [1,513,1], stft_phase [1,513,1], state_out [1,256,14]",
        "ir_estimator: mel_chunk [1,80,10], state_in [1,128,6] → ir_params [1,24], state_out [1,128,6]",
        "speaker_encoder: mel_ref [1,80,T] → spk_embed [1,192], lora_delta [1,24576]",
    ];

    [Test]
    public void The_contract_has_the_names_and_shapes_that_were_agreed() =>
        Assert.That(new StudentArchitecture().Contracts().All.Select(Written), Is.EqualTo(Promised));

    [Test]
    public void The_constants_give_this_contract_and_leave_the_widths_of_networks_open()
    {
        var constants = ConfigurationLoader.Load<Constants>(
            [new ConfigurationLayer("constants.yaml", File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "constants.yaml")))], []);
        Assert.That(StudentArchitecture.From(constants).Contracts().All.Select(Written), Is.EqualTo(Promised));
        Assert.That(StudentContracts.From(constants).All.Select(Written), Is.EqualTo(Promised.Select(line => Regex.Replace(line, @"(state_\w+ \[1,)\d+", "$1width"))));
        Assert.That(() => StudentArchitecture.From(constants with { ConverterState = 60, VocoderState = 13 }), Throws.TypeOf<ConfigurationException>()
            .With.Message.Contains("converter_state: 60 frames: blocks of the dilations 1, 1, 2, 2, 4, 4, 6, 6 remember 52.").And.Message.Contains("vocoder_state: 13 frames"));
    }

    [Test]
    public void Every_network_that_is_written_keeps_its_contract_under_opset_18()
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        foreach (var model in ExportedStudent.Of(student, SmallStudent.Statistics(6)))
        {
            Assert.That(model.Network.OpsetImport.Select(opset => (opset.Domain, opset.Version)), Is.EqualTo(new[] { ("", 18L) }));
            Assert.That(() => new OnnxStep(model.Contract, model.Bytes()).Dispose(), Throws.Nothing, model.Contract.Name);
        }
    }

    [Test]
    public void Equal_weights_give_equal_bytes()
    {
        using var first = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        using var second = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        Assert.That(SmallStudent.Models(first), Is.EqualTo(SmallStudent.Models(second)));
    }

    [Test]
    public void A_network_that_does_not_keep_its_contract_is_refused_with_every_difference()
    {
        var contract = new ModelContract("halver", [new("x", 1, 2)], [new("y", 1, 2)]);
        var graph = new OnnxGraph("halver");
        graph.Output(new("y", 1, 3), graph.Input(new("x", 1, 3)));
        Assert.That(() => new OnnxStep(contract, graph.ToModel().ToByteArray()), Throws.TypeOf<InvalidDataException>()
            .With.Message.Contains("x is Float [1, 3], Float [1, 2] is allowed").And.Message.Contains("y is Float [1, 3]"));
    }

    [Test]
    public void An_output_of_another_shape_than_is_declared_is_found_by_inference()
    {
        var contract = new ModelContract("halver", [new("x", 1, 2)], [new("y", 1, 3)]);
        var graph = new OnnxGraph("halver");
        graph.Output(contract.Outputs[0], graph.Input(contract.Inputs[0]));
        Assert.That(() => new OnnxStep(contract, graph.ToModel().ToByteArray()), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("halver: is no network"));
    }

    [Test]
    public void Bytes_that_are_no_network_are_refused_with_the_name_of_the_model() =>
        Assert.That(() => new OnnxStep(new ModelContract("vocoder", [], []), [1, 2, 3]), Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("vocoder: "));

    [Test]
    public void The_phase_is_the_angle_in_every_quadrant_and_on_the_axes()
    {
        float[] places = [-2, -1, -0.5f, -1e-20f, -0f, 0, 1e-20f, 0.5f, 1, 3];
        var points = places.SelectMany(x => places.Select(y => (X: x, Y: y))).ToArray();
        var contract = new ModelContract("angle", [new("y", points.Length), new("x", points.Length)], [new("angle", points.Length)]);
        var graph = new OnnxGraph("angle");
        var (y, x) = (graph.Input(contract.Inputs[0]), graph.Input(contract.Inputs[1]));
        graph.Output(contract.Outputs[0], graph.Atan2(y, x));
        using var network = new OnnxStep(contract, graph.ToModel().ToByteArray());
        var angles = network.Run(new Dictionary<string, float[]>
        {
            ["y"] = [.. points.Select(point => point.Y)], ["x"] = [.. points.Select(point => point.X)],
        })["angle"];
        Assert.That(angles, Is.EqualTo(points.Select(point => MathF.Atan2(point.Y + 0, point.X + 0))).Within(1e-6));
    }

    [Test]
    public void Log_mel_is_clamped_and_normalised_by_the_network_itself()
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        var contract = student.Architecture.Contracts().ContentEncoder;
        using var network = new OnnxStep(contract, SmallStudent.Models(student)["content_encoder"]);
        Assert.That(Content(-23), Is.EqualTo(Content(-9)));
        Assert.That(Content(-9), Is.Not.EqualTo(Content(-8)));

        float[] Content(float level) => network.Run(new Dictionary<string, float[]>
        {
            ["mel_frame"] = [.. Enumerable.Repeat(level, 6)], ["f0"] = [0], ["state_in"] = new float[8 * 28],
        })["content"];
    }

    [Test]
    public void A_room_is_told_in_seconds_and_decibels()
    {
        var values = RoomScale.Of(24);
        Assert.That(values.ForCaller(new float[24]), Is.EqualTo(Kinds(0.05f, 30, 0)).Within(1e-5));
        Assert.That(values.ForCaller([.. Enumerable.Repeat(1f, 24)]), Is.EqualTo(Kinds(3, -10, 6)).Within(1e-5));
        Assert.That(values.ForNetwork([.. Kinds(3, -10, -6)]), Is.EqualTo(Kinds(1, 1, -1)).Within(1e-5));
    }

    private static IEnumerable<float> Kinds(params float[] kinds) => kinds.SelectMany(kind => Enumerable.Repeat(kind, 8));

    private static string Written(ModelContract contract) => $"{contract.Name}: {Written(contract.Inputs)} → {Written(contract.Outputs)}";

    private static string Written(IEnumerable<ContractTensor> tensors) =>
        string.Join(", ", tensors.Select(tensor => $"{tensor.Name} [{string.Join(",", tensor.Shape)}]"));
}
