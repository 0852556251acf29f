using System.Reflection;
using Tmrvc.BuildGraph;

namespace Tmrvc.Training;

/// <summary>
/// The libtorch behind the networks, as this assembly was built with it: see Training.csproj. Its releases sum in different orders, so
/// the bits of a training depend on it; what Debian patches within a release does not count.
/// </summary>
public static class TorchLibrary
{
    public static StageInput.Tool Tool { get; } = new("libtorch", typeof(TorchLibrary).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "libtorch").Value!);
}
