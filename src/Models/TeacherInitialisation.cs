using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Starts a teacher with an output convolution of zeros and every FiLM near the identity: a product of four unscaled modulations
/// would start near zero and shut the bottleneck.
/// </summary>
internal static class TeacherInitialisation
{
    private const double ModulationDeviation = 0.02;

    public static void Apply(Teacher teacher, ulong seed)
    {
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(teacher, generator);
        foreach (var film in teacher.modules().OfType<Film>()) StartAsIdentity(film, generator);
        foreach (var (name, parameter) in teacher.named_parameters())
            if (name.StartsWith("output_conv.", StringComparison.Ordinal)) parameter.zero_();
    }

    public static void StartAsIdentity(Film film, Generator generator)
    {
        nn.init.normal_(film.Projection.weight!, 0, ModulationDeviation, generator);
        var bias = film.Projection.bias!; // γ then β
        bias.zero_();
        bias.narrow(0, 0, bias.shape[0] / 2).fill_(1);
    }
}
