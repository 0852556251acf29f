using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Tmrvc.Support;

/// <summary>
/// A slurmctld and some slurmd of its own, on loopback and free ports, with folders of their own: plain processes of this user, which
/// must be root, without systemd, cgroups and munge. Nodes: <c>n1</c> and so on. Partitions: <c>low</c> (default), and <c>high</c>, which preempts it.
/// </summary>
public sealed class SlurmCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("slurm-").FullName;
    private readonly Dictionary<string, Process> _daemons = [];
    private readonly string[] _nodes;

    private SlurmCluster(int nodes) => _nodes = [.. Enumerable.Range(1, nodes).Select(number => $"n{number}")];

    /// <summary>For the environment of whoever calls Slurm's commands.</summary>
    public (string Name, string Value) Variable => ("SLURM_CONF", Path.Combine(_folder, "slurm.conf"));

    /// <param name="cores">Of each node, whatever the machine has: so many jobs of one core run on it at a time.</param>
    /// <exception cref="InvalidOperationException">It is not up after half a minute; with its own words.</exception>
    public static async Task<SlurmCluster> StartAsync(int nodes = 2, int cores = 8)
    {
        var cluster = new SlurmCluster(nodes);
        File.WriteAllText(cluster.Variable.Value, SlurmConfiguration.Text(cluster._folder, cluster._nodes, FreePorts(1 + nodes), cores));
        cluster.Start("slurmctld", "slurmctld", "-D", "-c");
        foreach (var node in cluster._nodes)
            cluster.StartNode(node);
        await cluster.UntilUpAsync();
        return cluster;
    }

    /// <summary>New jobs go elsewhere.</summary>
    public Task DrainAsync(string node) => RunAsync("scontrol", "update", $"NodeName={node}", "State=DRAIN", "Reason=test");

    public Task ResumeAsync(string node) => RunAsync("scontrol", "update", $"NodeName={node}", "State=RESUME");

    /// <summary>SIGKILL to its daemon, and Slurm gives it up at once, not after minutes: what runs on the node goes on, and nobody watches it.</summary>
    public async Task LoseAsync(string node)
    {
        _daemons[node].Kill();
        await _daemons[node].WaitForExitAsync();
        await RunAsync("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=test");
    }

    /// <summary>The node is gone with all that ran on it, as when its power fails.</summary>
    public async Task DestroyAsync(string node)
    {
        var running = NodeProcesses.Of(node, Variable);
        await LoseAsync(node);
        foreach (var process in running)
            process.Kill();
    }

    /// <summary>What the batch scripts on the node have become.</summary>
    public IReadOnlyList<Process> ProcessesOn(string node) => NodeProcesses.Of(node, Variable);

    /// <summary>A lost node is there again; its daemon ends what Slurm does not know of.</summary>
    public async Task ReturnAsync(string node)
    {
        StartNode(node);
        await ResumeAsync(node);
        await UntilUpAsync();
    }

    /// <summary>Cancels all jobs and waits until none is left.</summary>
    public async Task ClearAsync()
    {
        await RunAsync("scancel", "--me");
        await UntilAsync(async () => (await RunAsync("squeue", "--me", "--noheader")).Length == 0);
    }

    /// <returns>What the command printed.</returns>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Called(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : $"{await output}{await errors}";
    }

    public async ValueTask DisposeAsync()
    {
        await ClearAsync();
        foreach (var daemon in _daemons.Values.Reverse())
            await EndAsync(daemon);
        Directory.Delete(_folder, recursive: true);
    }

    private void StartNode(string node) => Start(node, "slurmd", "-D", "-N", node);

    private Task UntilUpAsync() => UntilAsync(async () =>
        (await RunAsync("sinfo", "--noheader", "--partition=low", "--Node", "--Format=StateCompact")).Split('\n').Count(line => line.Trim() == "idle") == _nodes.Length);

    private static async Task EndAsync(Process daemon)
    {
        if (!daemon.HasExited)
            using (var kill = Process.Start("kill", ["-TERM", $"{daemon.Id}"]))
                await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await daemon.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            daemon.Kill();
        }
        daemon.Dispose();
    }

    private void Start(string name, string program, params string[] arguments)
    {
        var process = Process.Start(Called(program, arguments))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _daemons[name] = process;
    }

    private ProcessStartInfo Called(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable.Name] = Variable.Value;
        return start;
    }

    private async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var watch = Stopwatch.StartNew(); !await holds(); await Task.Delay(100))
            if (watch.Elapsed > Patience)
                throw new InvalidOperationException($"Slurm is not as expected:\n{await RunAsync("sinfo")}\n{Logs()}");
    }

    private string Logs() => string.Join('\n', Directory.EnumerateFiles(_folder, "*.log").Select(File.ReadAllText));

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners)
            listener.Stop();
        return ports;
    }
}
