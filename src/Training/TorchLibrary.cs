using System.Reflection;
using Tmrvc.BuildGraph;

namespace Tmrvc.Training;

/// <summary>
/// The libtorch behind the networks, as this assembly was built with it: see Training.csproj. Its releases sum in different orders, so
/// the bits of a training depend on it; what Debian patches within a release does not count. Nothing is loaded to tell it.
/// </summary>
public static class TorchLibrary
{
    public static StageInput.Tool Tool { get; } = new("libtorch", Metadata("libtorch"));

    /// <summary>Whether it can compute on a GPU: it was built over such a one, or such a one came beside the program as a package.</summary>
    internal static bool HasCuda => Metadata("libtorch_cuda") == "true" ||
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cuda*", SearchOption.AllDirectories).Any();

    private static string Metadata(string key) => typeof(TorchLibrary).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value ?? "";
}
