using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

internal static class NamedChildren
{
    /// <summary>Registers a child under the name its weights travel by, and hands it back.</summary>
    public static T Child<T>(this nn.Module owner, string name, T child) where T : nn.Module
    {
        owner.register_module(name, child);
        return child;
    }
}
