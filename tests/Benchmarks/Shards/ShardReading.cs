using System.Diagnostics;
using System.Runtime.InteropServices;
using Tmrvc.Features;

namespace Tmrvc.Benchmarks.Shards;

/// <summary>Reads the same bytes in two ways, from the device or from the system's cache.</summary>
internal sealed partial class ShardReading(string folder)
{
    private const int DontNeed = 4;
    private readonly string[] _files = Directory.GetFiles(folder, "*.safetensors");

    public long Bytes => _files.Sum(file => new FileInfo(file).Length);

    /// <returns>Bytes per second of plain reads.</returns>
    public double FrontToBack(bool cold)
    {
        Forget(cold);
        var buffer = new byte[1 << 20];
        var started = Stopwatch.GetTimestamp();
        var read = 0L;
        foreach (var path in _files)
        {
            using var file = File.OpenHandle(path);
            for (int count; (count = RandomAccess.Read(file, buffer, read)) > 0;)
                read += count;
            read = 0;
        }
        return Bytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Copies utterances out of the shards in random order, a thread per core.</summary>
    /// <returns>Bytes of the files per second.</returns>
    public double AtRandom(bool cold)
    {
        Forget(cold);
        using var shards = FeatureShards.Open(folder);
        var order = Enumerable.Range(0, shards.Utterances.Count).ToArray();
        new Random(2).Shuffle(order);
        var started = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(order, options, () => new float[shards.ContentDimension * 1500], (utterance, _, buffer) => Copy(shards, utterance, buffer), _ => { });
        return Bytes / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static float[] Copy(FeatureShards shards, int utterance, float[] buffer)
    {
        var frames = shards.Utterances[utterance].Frames;
        shards.LogMel(utterance).CopyTo(buffer);
        shards.CopyContent(utterance, 0, frames, buffer, frames);
        shards.F0(utterance).CopyTo(buffer);
        return buffer;
    }

    private void Forget(bool cold)
    {
        foreach (var path in cold ? _files : [])
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
            _ = Advise((int)file.DangerousGetHandle(), 0, 0, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);
}
