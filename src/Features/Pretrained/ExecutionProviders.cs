using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Features;

/// <summary>What ONNX Runtime can compute with here.</summary>
internal static class ExecutionProviders
{
    private const string Cuda = "CUDAExecutionProvider";

    /// <summary>One thread for each network: files go side by side, and sums do not depend on the number of cores.</summary>
    /// <exception cref="NetworkException">The provider is not there.</exception>
    internal static SessionOptions Options(InferenceProvider provider)
    {
        var available = OrtEnv.Instance().GetAvailableProviders();
        if (provider == InferenceProvider.Cuda && !available.Contains(Cuda))
            throw new NetworkException(
                $"features.provider: found cuda, but this ONNX Runtime {OrtEnv.Instance().GetVersionString()} has only {string.Join(", ", available)}; "
                + "set it to cpu, or build with an ONNX Runtime for CUDA (package Microsoft.ML.OnnxRuntime.Gpu)");
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        if (provider != InferenceProvider.Cpu && available.Contains(Cuda))
            UseCuda(options);
        return options;
    }

    private static void UseCuda(SessionOptions options)
    {
        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException e)
        {
            options.Dispose();
            throw new NetworkException($"CUDA: ONNX Runtime has it, and cannot use it here: {e.Message}; set features.provider to cpu, or mend the driver", e);
        }
    }
}
