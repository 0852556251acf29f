namespace Tmrvc.Slurm.Tests.Support;

/// <summary>
/// Slurm's own squeue and sbatch behind scripts that come first in PATH: every second squeue is without an answer, and one sbatch, not the first, says that
/// it failed although its job has arrived. Deleted afterwards.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class FaultyCommands : IDisposable
{
    private const string Words = "Socket timed out on send/recv operation";

    private readonly string _folder = Directory.CreateTempSubdirectory("faulty").FullName;

    public FaultyCommands()
    {
        Write("squeue", $"""[ $(($(wc -l < "$0.calls") % 2)) = 0 ] && [ $(wc -l < "$0.calls") -gt 1 ] && """ + Failing("slurm_load_jobs error"));
        Write("sbatch", $"""[ $(wc -l < "$0.calls") -gt 1 ] && mkdir "$0.failed" 2> /dev/null && /usr/bin/sbatch "$@" > /dev/null && """ + Failing("sbatch: error: Batch job submission failed"));
    }

    /// <summary>Jobs that somebody tried to submit.</summary>
    public int Submissions => File.ReadAllLines(Path.Combine(_folder, "sbatch.calls")).Length;

    /// <summary>Times that squeue was asked.</summary>
    public int Looks => File.ReadAllLines(Path.Combine(_folder, "squeue.calls")).Length;

    public (string Name, string Value) Variable => ("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Failing(string program) => $"{{ echo '{program}: {Words}' >&2; exit 1; }}";

    private void Write(string name, string fault)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"$*\" >> \"$0.calls\"\n{fault}\nexec /usr/bin/{name} \"$@\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
