using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Export;

/// <summary>What computes the exported networks, for the keys of stages that judge them.</summary>
internal static class ExportLibraries
{
    public static StageInput.Tool OnnxRuntime { get; } = new(AudioLibrary.OnnxRuntime.Name, AudioLibrary.OnnxRuntime.Version);
}
