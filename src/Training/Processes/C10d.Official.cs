using Tmrvc.BuildGraph;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>The official TorchSharp package binds no process groups.</summary>
internal static class C10d
{
    /// <exception cref="NotSupportedException">Always.</exception>
    public static ICollectives Join(RankPlace place, Device device) => throw new NotSupportedException(
        $"--nproc: {place.Size} processes were to train together on {device}, and the official TorchSharp package binds no process groups; leave out --packages=official, or --nproc.");
}
