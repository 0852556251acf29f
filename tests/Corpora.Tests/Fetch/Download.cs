using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests.Fetch;

/// <summary>A folder to download into, and runs of a download stage over it.</summary>
internal sealed class Download : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<LooseRun> _runs = [];

    /// <summary>Where the stage keeps its files.</summary>
    internal string Raw => _folder["raw"];

    internal string Partial(string name) => Path.Combine(Raw, name + ".partial");

    internal TimeProvider Clock { get; init; } = new HastyClock();

    internal static RangedTransferSettings Transfer { get; } = new() { PartMebibytes = 1 / 16.0, Connections = 3, Attempts = 4 };

    /// <summary>Bytes without any pattern, the same for the same arguments.</summary>
    internal static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    internal static DownloadSettings Of(FaultyFileServer server, params RemoteFile[] files) =>
        new() { Files = files, Mirrors = [server.Address], Transfer = Transfer };

    /// <returns>The run, whose outputs are there.</returns>
    internal async Task<LooseRun> RunAsync(DownloadSettings settings, CancellationToken cancellation = default)
    {
        var run = new LooseRun("Download", new Dictionary<string, string>());
        _runs.Add(run);
        await new DownloadStage("Download", settings, Raw, DownloadClient.Create, Clock).RunAsync(run, cancellation);
        return run;
    }

    /// <returns>What the stage handed on, and that it is as served.</returns>
    internal async Task<LooseRun> RequireAsync(DownloadSettings settings, string name, byte[] content)
    {
        var run = await RunAsync(settings);
        Assert.That(await File.ReadAllBytesAsync(run.Output(name)), Is.EqualTo(content));
        Assert.That(Directory.EnumerateFiles(Raw).Select(Path.GetFileName), Is.EquivalentTo(settings.Files.Select(file => file.Name)));
        return run;
    }

    /// <summary>The lines of the latest run.</summary>
    internal IReadOnlyList<string> Lines => _runs[^1].Lines;

    public void Dispose()
    {
        _runs.ForEach(run => run.Dispose());
        _folder.Dispose();
    }
}
