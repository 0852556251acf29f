using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Stretches of recordings, all of one length.</summary>
/// <param name="Samples">[B, N], ±1.</param>
public sealed record WaveformBatch(string Name, float[] Samples, int Size) : ITrainingBatch
{
    public Tensor On(Device device) => tensor(Samples, [Size, Samples.Length / Size], device: device);
}
