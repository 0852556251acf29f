using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.OnnxRuntime.Tests.Support;

namespace Microsoft.ML.OnnxRuntime.Tests;

/// <summary>The package's API over the native library it was built with, on a model whose answers are known.</summary>
public sealed class InferenceSessionTests
{
    private static readonly float[,] Weights = { { 1, 2, 3 }, { 4, 5, 6 } };
    private static readonly float[] Bias = [10, 20, 30];
    private static readonly float[] Input = [1, 1, 2, -1];
    private static readonly float[] Expected = [15, 27, 39, 8, 19, 30];

    private readonly InferenceSession session = new(OnnxBytes.Linear(Weights, Bias));

    [OneTimeTearDown]
    public void DisposeSession() => session.Dispose();

    [Test]
    public void A_model_tells_its_inputs_and_outputs()
    {
        Assert.That(session.InputMetadata["x"].Dimensions, Is.EqualTo(new[] { -1, 2 }));
        Assert.That(session.OutputMetadata["y"].Dimensions, Is.EqualTo(new[] { -1, 3 }));
        Assert.That(session.OutputMetadata["y"].ElementType, Is.EqualTo(typeof(float)));
    }

    [Test]
    public void Named_tensors_are_computed()
    {
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(Input, [2, 2]))]);
        Assert.That(results.Single().AsTensor<float>().ToArray(), Is.EqualTo(Expected));
    }

    [Test]
    public void Values_over_the_callers_memory_are_computed_in_place()
    {
        var output = new float[6];
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(Input, [2, 2]);
        using var y = OrtValue.CreateTensorValueFromMemory(output, [2, 3]);
        session.Run(options, ["x"], [x], ["y"], [y]);
        Assert.That(output, Is.EqualTo(Expected));
    }

    [Test]
    public void A_binding_is_run_again_with_new_numbers()
    {
        var (input, output) = (new float[2], new float[3]);
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(input, [1, 2]);
        using var y = OrtValue.CreateTensorValueFromMemory(output, [1, 3]);
        using var binding = session.CreateIoBinding();
        binding.BindInput("x", x);
        binding.BindOutput("y", y);
        session.RunWithBinding(options, binding);
        Assert.That(output, Is.EqualTo(Bias));
        input[0] = 1;
        session.RunWithBinding(options, binding);
        Assert.That(output, Is.EqualTo(new float[] { 11, 22, 33 }));
    }

    [Test]
    public void An_input_of_the_wrong_shape_is_refused_by_name()
    {
        Assert.That(() => session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(new float[3], [1, 3]))]),
            Throws.TypeOf<OnnxRuntimeException>().With.Message.Contains("x"));
    }

    [Test]
    public void Bytes_that_are_no_model_are_refused()
    {
        Assert.That(() => new InferenceSession([1, 2, 3, 4]), Throws.TypeOf<OnnxRuntimeException>());
    }
}
