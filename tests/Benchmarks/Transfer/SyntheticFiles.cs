using Tmrvc.ArtifactStore;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>Artifacts that do not compress, as a finished stage leaves them.</summary>
internal static class SyntheticFiles
{
    /// <returns>One folder of small files.</returns>
    public static EntrySet Small(LocalStore store, string scratch, int count, int bytes)
    {
        var (random, content) = (new Random(1), new byte[bytes]);
        for (var index = 0; index < count; index++)
        {
            var folder = Path.Combine(scratch, "features", $"speaker{index % 20:00}");
            Directory.CreateDirectory(folder);
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, $"{index:00000}.npy"), content);
        }
        return store.Publish(scratch);
    }

    /// <returns>One file.</returns>
    public static EntrySet Large(LocalStore store, string scratch, long bytes)
    {
        Directory.CreateDirectory(scratch);
        var (random, chunk) = (new Random(2), new byte[1 << 20]);
        using (var file = File.Create(Path.Combine(scratch, "teacher.safetensors")))
            for (long written = 0; written < bytes; written += chunk.Length)
            {
                random.NextBytes(chunk);
                file.Write(chunk);
            }
        return store.Publish(scratch);
    }
}
