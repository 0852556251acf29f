using Tmrvc.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>Starts a student's network with every modulation near the identity.</summary>
internal static class StudentInitialisation
{
    public static void Apply(nn.Module network, ulong seed)
    {
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(network, generator);
        foreach (var film in network.modules().OfType<Film>()) TeacherInitialisation.StartAsIdentity(film, generator);
    }
}
