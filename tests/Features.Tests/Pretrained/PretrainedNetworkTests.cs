using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Features.Tests;

public sealed class PretrainedNetworkTests
{
    private static OnnxModel Doubling(string[] input, string[] output, int type = OnnxModel.Float) => new OnnxModel()
        .Input("x", type, input).Node("Add", ["x", "x"], "y").Output("y", type, output);

    private static NetworkException? Opening(byte[] content, NetworkSignature signature, InferenceProvider provider = InferenceProvider.Cpu)
    {
        using var file = new NetworkFile(content, "rmvpe.onnx");
        return Assert.Throws<NetworkException>(() => new PretrainedNetwork(file.Path, signature, provider).Dispose());
    }

    [Test]
    public void A_network_takes_and_gives_row_major_values_with_their_sizes()
    {
        var signature = new NetworkSignature("Doubling", new TensorShape("x", "1", "T", "2"), [new TensorShape("y", "1", "T", "2")]);
        using var file = new NetworkFile(Doubling(["1", "T", "2"], ["1", "T", "2"]).ToArray());
        using var network = new PretrainedNetwork(file.Path, signature);

        var output = network.Run([1, 2, 3, 4, 5, 6], 1, 3, 2);

        Assert.That(output.Values, Is.EqualTo(new float[] { 2, 4, 6, 8, 10, 12 }));
        Assert.That(output.Sizes, Is.EqualTo([1, 3, 2]));
    }

    [Test]
    public void A_network_with_other_inputs_is_refused_with_what_was_found_and_allowed() => Assert.That(
        Opening(TinyNetworks.ContentVec(), Rmvpe.Signature)!.Message,
        Does.Contain("rmvpe.onnx: is not RMVPE: found source [1, 1, ?] of Float → embed [1, ?, 768] of Float; "
            + "log-mel [1, 128, T] → salience [1, T, 360] of Float is allowed"));

    [Test]
    public void Other_ranks_sizes_and_types_are_refused()
    {
        var signature = new NetworkSignature("Doubling", new TensorShape("x", "1", "T", "2"), [new TensorShape("y", "1", "T", "2")]);
        Assert.Multiple(() =>
        {
            Assert.That(Opening(Doubling(["1", "T"], ["1", "T"]).ToArray(), signature)!.Message, Does.Contain("found x [1, ?] of Float"));
            Assert.That(Opening(Doubling(["1", "T", "3"], ["1", "T", "3"]).ToArray(), signature)!.Message, Does.Contain("found x [1, ?, 3] of Float"));
            Assert.That(Opening(Doubling(["1", "T", "2"], ["1", "T", "2"], OnnxModel.Int64).ToArray(), signature)!.Message, Does.Contain("of Int64"));
            Assert.That(Opening(TinyNetworks.Ecapa(), signature)!.Message, Does.Contain("features [1, ?, 80] of Float, feature_lens [1] of Float"));
        });
    }

    [Test]
    public void Truncated_empty_and_absent_files_are_refused_by_name()
    {
        var whole = TinyNetworks.Rmvpe();
        Assert.Multiple(() =>
        {
            Assert.That(Opening(whole[..(whole.Length / 2)], Rmvpe.Signature)!.Message, Does.Contain("rmvpe.onnx: cannot be read as RMVPE: "));
            Assert.That(Opening([], Rmvpe.Signature)!.Message, Does.Contain("rmvpe.onnx: "));
            Assert.That(
                () => new PretrainedNetwork("/absent/rmvpe.onnx", Rmvpe.Signature),
                Throws.TypeOf<NetworkException>().With.Message.Contains("/absent/rmvpe.onnx: cannot be read as RMVPE"));
        });
    }

    [Test]
    public void What_a_network_gives_is_checked_where_its_file_leaves_sizes_open()
    {
        var signature = new NetworkSignature("Doubling", new TensorShape("x", "1", "T", "D"), [new TensorShape("y", "1", "T", "3")]);
        using var file = new NetworkFile(Doubling(["a", "b", "c"], ["a", "b", "c"]).ToArray());
        using var network = new PretrainedNetwork(file.Path, signature);

        Assert.That(() => network.Run([1, 2], 1, 1, 2), Throws.TypeOf<NetworkException>().With.Message.Contains("Doubling gives [1, 1, 2], y [1, T, 3] is allowed"));
    }

    [Test]
    public void A_provider_that_the_library_lacks_is_refused_with_what_there_is() => Assert.That(
        Opening(TinyNetworks.Rmvpe(), Rmvpe.Signature, InferenceProvider.Cuda)!.Message,
        Does.StartWith("features.provider: found cuda, but this ONNX Runtime ").And.Contain("CPUExecutionProvider; set it to cpu"));

    [Test]
    public void A_cuda_that_cannot_be_used_is_told_and_the_cpu_computes_unless_cuda_was_asked_for()
    {
        var lines = new List<string>();
        using var file = new NetworkFile(TinyNetworks.Rmvpe());

        // ONNX Runtime of this build has no CUDA: appending it fails as it does on a machine without a GPU.
        string Open(InferenceProvider provider) => ExecutionProviders.Open(provider, [ExecutionProviders.Cuda], options =>
        {
            using var session = new InferenceSession(file.Path, options);
            return "opened";
        }, lines.Add);

        Assert.That(Open(InferenceProvider.Auto), Is.EqualTo("opened"));
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.StartWith("CUDA: ONNX Runtime has it, and cannot use it here: ").And.EndsWith("; the CPU computes"));
        Assert.That(() => Open(InferenceProvider.Cuda), Throws.TypeOf<NetworkException>().With.Message.Contains("set features.provider to cpu"));
        Assert.That(Open(InferenceProvider.Cpu), Is.EqualTo("opened"));
        Assert.That(lines, Has.Count.EqualTo(1));
    }
}
