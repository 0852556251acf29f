using Microsoft.ML.OnnxRuntime;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>Opens exported networks on one thread.</summary>
internal static class NetworkFile
{
    /// <exception cref="ConversionException">The file is missing, is no ONNX network, or has another signature.</exception>
    internal static InferenceSession Open(string path, ModelContract contract)
    {
        if (!File.Exists(path))
            throw new ConversionException($"{path}: is missing; --target=Package makes it");
        using var options = InferenceOptions.OneThread();
        InferenceSession session;
        try
        {
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ConversionException($"{path}: cannot be read as {contract.Name}: {e.Message}", e);
        }
        return Checked(path, contract, session);
    }

    private static InferenceSession Checked(string path, ModelContract contract, InferenceSession session)
    {
        if (NetworkSignature.Differences(contract, session).ToList() is not { Count: > 0 } differences) return session;
        session.Dispose();
        throw new ConversionException($"{path}: is not this project's {contract.Name}: {string.Join("; ", differences)}; export the models again");
    }
}
