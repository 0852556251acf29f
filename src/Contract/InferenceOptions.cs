using Microsoft.ML.OnnxRuntime;

namespace Tmrvc.Contract;

/// <summary>How ONNX Runtime computes a student's networks: everywhere alike, so that what is judged and measured is what runs.</summary>
public static class InferenceOptions
{
    /// <summary>One operator after the other on the thread that calls. Whoever asks disposes of them.</summary>
    public static SessionOptions OneThread() => new()
    {
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
    };
}
