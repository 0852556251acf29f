using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Tmrvc.Azurite;
using Tmrvc.FaultProxy;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>Machines that share a repository and a cache: the repository holds configuration and lock files, the cache is a container.</summary>
internal sealed class Team : IAsyncDisposable
{
    private readonly List<Workspace> _machines = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tmrvc-team-");
    private readonly AzuriteServer _server;

    private Team(AzuriteServer server, BlobContainerClient cache) => (_server, Cache) = (server, cache);

    public BlobContainerClient Cache { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Workspace> Machines => _machines;

    private string Repository => Path.Combine(_folder.FullName, "repository");

    public static async Task<Team> CreateAsync()
    {
        var server = await AzuriteServer.StartAsync();
        return new Team(server, await server.CreateContainerAsync());
    }

    /// <summary>A machine with the recordings that may write to the cache.</summary>
    public Workspace Join(Workspace machine)
    {
        _machines.Add(machine);
        machine.Variables["AZURE_STORAGE_CONNECTION_STRING"] = _server.ConnectionString;
        machine.Variables["TMRVC_CACHE"] = Cache.Name;
        return machine;
    }

    /// <summary>A clone without recordings and artifacts that may read the cache.</summary>
    public Workspace Clone(string revision)
    {
        var machine = Workspace.Clone(Repository, revision, "mini");
        _machines.Add(machine);
        machine.Variables["TMRVC_CACHE"] = $"{Cache.Uri}?{_server.ReadSas(Cache.Name)}";
        return machine;
    }

    /// <summary>A network that can fail, between the cache and the machines that are put behind it.</summary>
    public FaultInjectingProxy Network() => new(_server.Address);

    /// <summary>Lets a machine reach the cache by a network alone, with a signature that ends so soon.</summary>
    /// <returns>The signature.</returns>
    public string PutBehind(FaultInjectingProxy network, Workspace machine, TimeSpan validFor)
    {
        var signature = _server.ShortSas(Cache.Name, validFor);
        machine.Variables.Remove("AZURE_STORAGE_CONNECTION_STRING");
        machine.Variables["TMRVC_CACHE"] = $"{new Uri(network.Address, Cache.Uri.AbsolutePath)}?{signature}";
        return signature;
    }

    /// <summary>Gives a machine the rights of a pull request: to read the cache, and to write to a container of its own.</summary>
    public async Task<BlobContainerClient> ProposeAsync(Workspace machine)
    {
        var own = await _server.CreateContainerAsync();
        machine.Variables.Remove("AZURE_STORAGE_CONNECTION_STRING");
        machine.Variables["TMRVC_CACHE"] = $"{own.Uri}/pr/17?{_server.WriteSas(own.Name)} {Cache.Uri}?{_server.ReadSas(Cache.Name)}";
        return own;
    }

    /// <summary>Commits a machine's configuration and lock files.</summary>
    /// <returns>The revision.</returns>
    public string Commit(Workspace machine)
    {
        if (!Directory.Exists(Repository))
            Git("init", "--quiet", Repository);
        foreach (var part in new[] { "configs", "artifacts/lock" })
        {
            var copy = Path.Combine(Repository, part);
            if (Directory.Exists(copy))
                Directory.Delete(copy, recursive: true);
            Workspace.CopyTree(Path.Combine(machine.Root, part), Directory.CreateDirectory(Path.GetDirectoryName(copy)!).FullName);
        }
        Git("-C", Repository, "add", "--all");
        Git("-C", Repository, "-c", "user.name=Tester", "-c", "user.email=tester@localhost", "commit", "--quiet", "--message", "Lock");
        return Git("-C", Repository, "rev-parse", "HEAD");
    }

    /// <summary>Lets the leases run out that a machine held when it vanished: a minute goes by.</summary>
    public async Task EndLeasesOfAsync(string root)
    {
        var runs = Path.Combine(root, "artifacts", "runs");
        foreach (var key in Directory.Exists(runs) ? Directory.EnumerateDirectories(runs, "*", SearchOption.AllDirectories).Select(Path.GetFileName) : [])
            try
            {
                await Cache.GetBlobClient($"v1/leases/{key}").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
            }
            catch (Azure.RequestFailedException fault) when (fault.Status is 404 or 409)
            {
                // No blob, or nobody's.
            }
    }

    /// <summary>Names of all blobs of a container with their entity tags.</summary>
    public static IReadOnlyList<string> Blobs(BlobContainerClient container) =>
        [.. container.GetBlobs().Select(blob => $"{blob.Name} {blob.Properties.ETag}")];

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines)
            machine.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
        return output.Trim();
    }
}
