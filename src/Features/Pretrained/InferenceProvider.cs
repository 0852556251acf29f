namespace Tmrvc.Features;

/// <summary>What computes the networks of others.</summary>
public enum InferenceProvider
{
    /// <summary>CUDA where ONNX Runtime was built with it and can use it, the CPU elsewhere.</summary>
    Auto,
    Cpu,
    Cuda,
}
