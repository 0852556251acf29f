using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests.Fetch;

/// <summary>Archives made for a test, and runs of an extract stage over them that must write nowhere else.</summary>
internal sealed class Extract : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _archives = [];

    internal string Path(string archive) => _archives[archive];

    /// <summary>Unpacked files by relative path, with their text.</summary>
    internal SortedDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    internal Extract Add(string name, byte[] content)
    {
        _archives[name] = _folder.New($"archives/{name}");
        File.WriteAllBytes(_archives[name], content);
        return this;
    }

    internal static byte[] Zip(params (string Name, string Text)[] entries) =>
        Zip(archive =>
        {
            foreach (var (name, text) in entries)
                Write(archive.CreateEntry(name), text);
        });

    internal static byte[] Zip(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            fill(archive);
        return bytes.ToArray();
    }

    internal static void Write(ZipArchiveEntry entry, string text)
    {
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    internal static byte[] TarGz(params (string Name, string Text)[] entries) =>
        TarGz(tar =>
        {
            foreach (var (name, text) in entries)
                tar.WriteEntry(TarFile(name, text));
        });

    internal static byte[] TarGz(Action<TarWriter> fill)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
            fill(tar);
        return bytes.ToArray();
    }

    internal static TarEntry TarFile(string name, string text) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };

    internal LooseRun Begin() => new("Extract", _archives);

    /// <exception cref="ArchiveException"/>
    internal async Task<LooseRun> RunAsync(ExtractSettings? settings = null)
    {
        using var run = Begin();
        await RunAsync(run, settings);
        return run;
    }

    /// <exception cref="ArchiveException"/>
    internal async Task RunAsync(LooseRun run, ExtractSettings? settings = null, long expectedBytes = 0, CancellationToken cancellation = default)
    {
        Files.Clear();
        var before = Surroundings(run);
        var stage = new ExtractStage("Extract", settings ?? new(), [.. _archives.Keys.Select(name => new StageInput.File(name, name))], expectedBytes);
        try
        {
            await stage.RunAsync(run, cancellation);
            foreach (var path in Directory.EnumerateFiles(run.Output(ExtractStage.Files), "*", SearchOption.AllDirectories))
                Files[System.IO.Path.GetRelativePath(run.Output(ExtractStage.Files), path)] = File.ReadAllText(path);
        }
        finally
        {
            Assert.That(Surroundings(run), Is.EqualTo(before), "nothing is written outside");
        }
    }

    /// <summary>What lies around the folder to unpack into, two levels up.</summary>
    private static string[] Surroundings(LooseRun run)
    {
        var outputs = System.IO.Path.GetDirectoryName(run.Output(ExtractStage.Files))!;
        _ = run.Scratch;
        return
        [
            .. Directory.EnumerateFileSystemEntries(System.IO.Path.GetDirectoryName(outputs)!),
            .. Directory.EnumerateFileSystemEntries(outputs).Where(path => path != run.Output(ExtractStage.Files)),
        ];
    }

    public void Dispose() => _folder.Dispose();
}
