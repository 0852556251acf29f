using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>The upstream teacher with inputs of the right shapes and ranges.</summary>
internal sealed record UpstreamInputs(Tensor Mel, Tensor Time, TeacherConditions Conditions)
{
    private static readonly TeacherDimensions Dimensions = new(Mels: 80, Content: 768, Speaker: 192, IrParameters: 24, Heads: 8);

    public static Teacher Teacher() => new(TeacherArchitecture.Upstream(Dimensions), seed: 1);

    public static UpstreamInputs Random(int batch, int frames)
    {
        using var generator = new Generator(2);
        Tensor Normal(params long[] shape) => randn(shape, generator: generator);
        var voiced = rand([batch, 1, frames], generator: generator).gt(0.4).to(ScalarType.Float32);
        var conditions = new TeacherConditions(
            Normal(batch, Dimensions.Content, frames), (Normal(batch, 1, frames) * 0.3 + 5) * voiced, voiced,
            nn.functional.normalize(Normal(batch, Dimensions.Speaker), dim: 1), Normal(batch, Dimensions.IrParameters), Mask: null);
        return new(Normal(batch, Dimensions.Mels, frames), rand([batch], generator: generator), conditions);
    }
}
