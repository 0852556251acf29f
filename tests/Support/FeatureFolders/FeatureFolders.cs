using Tmrvc.Features;

namespace Tmrvc.Support;

/// <summary>Writes features as a features stage does, without the stage.</summary>
public static class FeatureFolders
{
    /// <param name="utterances">Frames and shard are filled in.</param>
    /// <param name="grid">Of the content; that of the mel where it is left out.</param>
    public static void Write(
        string folder, long shardBytes, IEnumerable<(UtteranceEntry Entry, UtteranceFeatures Features)> utterances, ContentGrid? grid = null)
    {
        var scratch = Directory.CreateTempSubdirectory("shards");
        var features = new FeatureFolder(folder, shardBytes, grid ?? ContentGrid.OfMel);
        foreach (var (entry, values) in utterances)
            features.Add(entry with { Frames = values.Frames }, values.Rows, () => values);
        features.Write((shard, path) => Make(shard, path, scratch.CreateSubdirectory(shard.Name).FullName), Environment.ProcessorCount);
        scratch.Delete(recursive: true);
    }

    private static MadeShard Make(Shard shard, string path, string scratch)
    {
        ShardFiles.Write(shard, scratch);
        File.Move(Path.Combine(scratch, ShardFiles.Features), path);
        return new MadeShard(shard, Path.Combine(scratch, ShardFiles.Sums));
    }
}
