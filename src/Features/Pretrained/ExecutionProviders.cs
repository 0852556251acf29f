using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Features;

/// <summary>What ONNX Runtime can compute with here.</summary>
internal static class ExecutionProviders
{
    internal const string Cuda = "CUDAExecutionProvider";

    internal static IReadOnlyList<string> Available() => OrtEnv.Instance().GetAvailableProviders();

    /// <param name="available">Providers that ONNX Runtime was built with; whether one can be used is known when a session opens.</param>
    /// <param name="tell">Receives a line where the CPU steps in for CUDA.</param>
    /// <exception cref="NetworkException">CUDA was asked for and is not there or cannot be used.</exception>
    internal static T Open<T>(InferenceProvider provider, IReadOnlyList<string> available, Func<SessionOptions, T> open, Action<string>? tell)
    {
        if (provider == InferenceProvider.Cuda && !available.Contains(Cuda))
            throw new NetworkException(
                $"features.provider: found cuda, but this ONNX Runtime {OrtEnv.Instance().GetVersionString()} has only {string.Join(", ", available)}; "
                + "set it to cpu, or build with an ONNX Runtime for CUDA (package Microsoft.ML.OnnxRuntime.Gpu)");
        if (provider != InferenceProvider.Cpu && available.Contains(Cuda))
        {
            try
            {
                return Opened(open, UseCuda);
            }
            catch (OnnxRuntimeException e) when (provider == InferenceProvider.Auto)
            {
                tell?.Invoke($"CUDA: ONNX Runtime has it, and cannot use it here: {e.Message}; the CPU computes");
            }
            catch (OnnxRuntimeException e)
            {
                throw new NetworkException($"CUDA: ONNX Runtime has it, and cannot use it here: {e.Message}; set features.provider to cpu, or mend the driver", e);
            }
        }
        return Opened(open, _ => { });
    }

    /// <summary>One thread for each network: files go side by side, and sums do not depend on the number of cores.</summary>
    private static T Opened<T>(Func<SessionOptions, T> open, Action<SessionOptions> configure)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        configure(options);
        return open(options);
    }

    /// <summary>Products in float32 as on the CPU, not in the 10 bits of TF32, so that both give the same features closely.</summary>
    private static void UseCuda(SessionOptions options)
    {
        using var cuda = new OrtCUDAProviderOptions();
        cuda.UpdateOptions(new Dictionary<string, string> { ["use_tf32"] = "0" });
        options.AppendExecutionProvider_CUDA(cuda);
    }
}
