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

    /// <returns>Bytes per second of copying utterances out of the shards in random order.</returns>
    public double AtRandom(bool cold)
    {
        Forget(cold);
        using var shards = FeatureShards.Open(folder);
        var order = Enumerable.Range(0, shards.Utterances.Count).ToArray();
        new Random(2).Shuffle(order);
        var buffer = new float[shards.ContentDimension * 1500];
        var started = Stopwatch.GetTimestamp();
        var read = 0L;
        foreach (var utterance in order)
            read += Copy(shards.LogMel(utterance), buffer) + Copy(shards.Content(utterance), buffer) + Copy(shards.F0(utterance), buffer);
        return read / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static long Copy(ReadOnlySpan<float> values, float[] target)
    {
        values.CopyTo(target);
        return values.Length * (long)sizeof(float);
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
