using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>Teachers small enough for exact checks, with inputs to match.</summary>
internal static class SmallTeacher
{
    public static readonly TeacherDimensions Dimensions = new(Mels: 6, Content: 5, Speaker: 4, IrParameters: 3, Heads: 2);

    public static TeacherArchitecture Architecture(ConditionPath path) => new(Dimensions)
    {
        Channels = [8, 8, 16, 16],
        Hidden = 16,
        Conditions = path,
        TimeScale = path == ConditionPath.EveryLevel ? 1000 : 1,
        LinearSkipDeviation = path == ConditionPath.EveryLevel ? 0.4 : 0,
    };

    /// <summary>With an output convolution that is not zero, as after some training. Inputs are in single precision by default.</summary>
    public static Teacher Trained(ConditionPath path)
    {
        var teacher = new Teacher(Architecture(path), seed: 3);
        using var withoutGradient = no_grad();
        using var generator = new Generator(4);
        foreach (var (name, parameter) in teacher.named_parameters().Where(p => p.name.StartsWith("output_conv", StringComparison.Ordinal)))
            nn.init.normal_(parameter, 0, 0.3, generator);
        return teacher;
    }

    public static (Tensor Noisy, Tensor Time, TeacherConditions Conditions) Inputs(
        int batch, int frames, ScalarType precision = ScalarType.Float32)
    {
        using var generator = new Generator(7);
        Tensor Normal(params long[] shape) => randn(shape, generator: generator).to(precision);
        var voiced = rand([batch, 1, frames], generator: generator).gt(0.3).to(precision);
        var logF0 = (Normal(batch, 1, frames) * 0.3 + 5) * voiced;
        var conditions = new TeacherConditions(Normal(batch, Dimensions.Content, frames), logF0, voiced,
            Normal(batch, Dimensions.Speaker), Normal(batch, Dimensions.IrParameters), Mask: null);
        return (Normal(batch, Dimensions.Mels, frames), rand([batch], generator: generator).to(precision), conditions);
    }

    public static double Distance(Tensor a, Tensor b) => (a - b).abs().max().to(ScalarType.Float64).item<double>();
}
