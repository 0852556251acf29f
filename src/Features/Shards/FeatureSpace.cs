using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.Features;

/// <summary>Finds out before hours of extraction whether the features will fit: those of the items, and the shards made of them.</summary>
/// <param name="Pending">Seconds of speech that has no features yet.</param>
/// <param name="Extracted">Seconds of speech that has.</param>
/// <param name="Combined">Bytes of shards that are there.</param>
internal sealed record FeatureSpace(double Pending, double Extracted, long Combined)
{
    /// <param name="folder">On the device that the features come to.</param>
    /// <exception cref="StorageException">The device has too little.</exception>
    internal void Require(string folder, double bytesPerSecond) => FreeSpace.Require(folder, Bytes(bytesPerSecond), string.Create(
        CultureInfo.InvariantCulture,
        $"about {FreeSpace.Gigabytes(bytesPerSecond * 3600)} for each of {Pending / 3600:#,0.###} hours of speech, twice, and the shards of {Extracted / 3600:#,0.###} hours less what there is of them"));

    /// <summary>A shard is made anew when a member is.</summary>
    internal double Bytes(double bytesPerSecond) => 2 * Pending * bytesPerSecond + Math.Max(0, Extracted * bytesPerSecond - Combined);
}
