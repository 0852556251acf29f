using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Audio;

/// <summary>Silero VAD v6: the probability of speech in each window of 512 samples at 16 kHz. One instance per thread.</summary>
public sealed class SileroModel : IDisposable
{
    /// <summary>Hertz.</summary>
    public const int SampleRate = 16000;

    /// <summary>Samples.</summary>
    public const int Window = 512;

    private const int Context = 64;
    private const int StateSize = 2 * 1 * 128;

    private static readonly string[] InputNames = ["input", "state", "sr"];
    private static readonly string[] OutputNames = ["output", "stateN"];

    private readonly InferenceSession session;
    private readonly RunOptions runOptions = new();
    private readonly float[] input = new float[Context + Window];
    private readonly float[] state = new float[StateSize];
    private readonly float[] nextState = new float[StateSize];
    private readonly float[] probability = new float[1];
    private readonly OrtValue[] inputs;
    private readonly OrtValue[] outputs;

    /// <exception cref="OnnxRuntimeException">The file is missing or is no ONNX model.</exception>
    public SileroModel(string modelPath)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        session = new InferenceSession(modelPath, options);
        inputs = [Tensor(input, 1, input.Length), Tensor(state, 2, 1, 128), OrtValue.CreateTensorValueFromMemory([(long)SampleRate], [])];
        outputs = [Tensor(probability, 1, 1), Tensor(nextState, 2, 1, 128)];
    }

    /// <summary>The model file that is delivered beside this assembly.</summary>
    public static string DeliveredPath => Path.Combine(AppContext.BaseDirectory, "silero_vad_v6.onnx");

    /// <param name="samples">[N] at 16 kHz; zeros follow its end.</param>
    /// <returns>[ceil(N/512)], each in [0, 1].</returns>
    public float[] Probabilities(ReadOnlySpan<float> samples)
    {
        Array.Clear(state);
        Array.Clear(input);
        var probabilities = new float[(samples.Length + Window - 1) / Window];
        for (var window = 0; window < probabilities.Length; window++)
        {
            Load(samples[(window * Window)..]);
            session.Run(runOptions, InputNames, inputs, OutputNames, outputs);
            nextState.CopyTo(state.AsSpan());
            probabilities[window] = probability[0];
        }
        return probabilities;
    }

    public void Dispose()
    {
        foreach (var value in inputs.Concat(outputs))
            value.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }

    private void Load(ReadOnlySpan<float> samples)
    {
        var current = input.AsSpan(Context);
        current[^Context..].CopyTo(input);
        current.Clear();
        samples[..Math.Min(Window, samples.Length)].CopyTo(current);
    }

    private static OrtValue Tensor(float[] memory, params long[] shape) => OrtValue.CreateTensorValueFromMemory(memory, shape);
}
