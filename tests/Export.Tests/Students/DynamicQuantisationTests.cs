using Tmrvc.Contract;
using Tmrvc.Support;
using Google.Protobuf;
using Onnx;
using Tmrvc.Models;

namespace Tmrvc.Export.Tests;

public sealed class DynamicQuantisationTests
{
    [Test]
    public void Each_column_has_its_own_scale_and_no_weight_is_off_by_more_than_half_a_step()
    {
        float[] weights = [1, -300, 0, 0.4f, 20, 0, -0.7f, 150, 0];
        var matrix = QuantisedMatrix.Of(weights, columns: 3);
        Assert.That(matrix.Scales, Is.EqualTo(new[] { 1f / 64, 300f / 64, 1 }).Within(1e-6));
        for (var n = 0; n < weights.Length; n++)
            Assert.That(matrix.Values[n] * matrix.Scales[n % 3], Is.EqualTo(weights[n]).Within(matrix.Scales[n % 3] * 0.50001f));
    }

    /// <summary>A processor without VNNI adds unsigned times signed bytes in pairs, and a pair of more than 32767 is cut off.</summary>
    [Test]
    public void No_pair_of_products_exceeds_16_bits_where_a_processor_adds_them_there()
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        foreach (var network in ExportedStudent.Of(student, SmallStudent.Statistics(6)).Select(model => DynamicQuantisation.Of(model.Network).Graph))
        {
            Assert.That(network.Node.Count(node => node.OpType == "MatMulInteger"), Is.Positive, network.Name);
            Assert.That(Pairs(network).Where(pair => 255 * pair.Largest > short.MaxValue), Is.Empty, network.Name);
        }
    }

    [Test]
    public void A_matrix_that_is_used_twice_is_kept_once()
    {
        var contract = new ModelContract("twice", [new("x", 1, 2)], [new("y", 1, 2)]);
        var graph = new OnnxGraph("twice");
        var weight = graph.Constant("w", [64, -2, 1, 128], 2, 2);
        graph.Output(contract.Outputs[0], graph.MatMul(graph.MatMul(graph.Input(contract.Inputs[0]), weight), weight));
        var quantised = DynamicQuantisation.Of(graph.ToModel());
        Assert.That(quantised.Graph.Initializer.Select(tensor => tensor.Name), Is.Unique);
        Assert.That(() => new OnnxStep(contract, quantised.ToByteArray()).Dispose(), Throws.Nothing);
    }

    [Test]
    public void A_product_with_weights_that_int8_holds_exactly_is_off_by_its_input_alone()
    {
        var contract = new ModelContract("product", [new("x", 1, 2)], [new("y", 1, 2)]);
        var graph = new OnnxGraph("product");
        graph.Output(contract.Outputs[0], graph.MatMul(graph.Input(contract.Inputs[0]), graph.Constant("w", [64, -2, 1, 128], 2, 2)));
        using var network = new OnnxStep(contract, DynamicQuantisation.Of(graph.ToModel()).ToByteArray());
        var y = network.Run(new Dictionary<string, float[]> { ["x"] = [2.55f, -2.55f] })["y"]; // steps of 0.02
        Assert.That(y, Is.EqualTo(new[] { 63 * 2.55f, -130 * 2.55f }).Within(0.01 * 130));
    }

    [Test]
    public void Matrices_become_int8_and_everything_else_stays_float()
    {
        using var student = StudentFiles.Drawn(SmallStudent.Architecture, 1);
        var network = ExportedStudent.Of(student, SmallStudent.Statistics(6)).Single(model => model.Contract.Name == "converter").Network;
        var quantised = DynamicQuantisation.Of(network);
        Assert.That(quantised.Graph.Node.Count(node => node.OpType == "MatMulInteger"), Is.EqualTo(2 * 8 + 1 + 2)); // blocks, FiLM, ends
        Assert.That(quantised.Graph.Node.Count(node => node.OpType == "MatMul"), Is.EqualTo(2)); // the LoRA delta is an input
        var large = quantised.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Float && tensor.Dims.Count == 2 && tensor.Dims.All(size => size > 1));
        Assert.That(large.Select(tensor => tensor.Name), Is.Empty);
        Assert.That(quantised.Graph.Input, Is.EqualTo(network.Graph.Input));
        Assert.That(quantised.Graph.Output, Is.EqualTo(network.Graph.Output));
    }

    [Test]
    public void A_full_size_student_in_int8_has_a_quarter_of_the_size_and_is_off_by_less_than_a_hundredth_in_the_mean()
    {
        using var student = StudentNetworks.Untrained(new StudentArchitecture(), 5);
        var models = ExportedStudent.Of(student, SmallStudent.Statistics(80), highQuality: false).Where(model => QuantisedStudent.Reaches(model.Contract));
        foreach (var model in models)
        {
            var bytes = DynamicQuantisation.Of(model.Network).ToByteArray();
            using var reference = new OnnxStep(model.Contract, model.Bytes());
            using var quantised = new OnnxStep(model.Contract, bytes);
            var run = ParityCheck.Run(model.Contract, reference, ParityInputs.Noise(model.Contract, 3, calls: 100));
            var output = model.Contract.Outputs[0].Name;
            Assert.That((double)bytes.Length / model.Bytes().Length, Is.LessThan(0.3), model.Contract.Name);
            Assert.That(ParityCheck.Deviations(model.Contract, run, quantised)[output].Mean, Is.LessThan(0.01), model.Contract.Name);
        }
    }

    /// <summary>The two largest weights of any output of each product.</summary>
    private static IEnumerable<(string Weight, int Largest)> Pairs(GraphProto network)
    {
        var constants = network.Initializer.ToDictionary(tensor => tensor.Name);
        foreach (var weight in network.Node.Where(node => node.OpType == "MatMulInteger").Select(product => constants[product.Input[1]]))
        {
            var (values, columns) = (weight.RawData.Select(value => Math.Abs((int)(sbyte)value)).ToArray(), (int)weight.Dims[1]);
            yield return (weight.Name, Enumerable.Range(0, columns).Max(column => values.Where((_, n) => n % columns == column).OrderDescending().Take(2).Sum()));
        }
    }
}
