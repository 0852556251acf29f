using System.Diagnostics;

namespace Tmrvc.Azurite;

/// <summary>One run of the server. Its standard input is its life line; see serve.cjs.</summary>
internal sealed class AzuriteProcess
{
    private const string Ready = "successfully listens on ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="accounts">NAME:KEY.</param>
    /// <param name="port">0 for any.</param>
    public AzuriteProcess(string folder, string accounts, int port)
    {
        string[] arguments =
        [
            "--require", Path.Combine(AppContext.BaseDirectory, "serve.cjs"), Installation.Script,
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", $"{port}", "--location", folder,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = accounts;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"Azurite ended: {Said}"));
        _process.EnableRaisingEvents = true;
    }

    private string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(Patience);

    public async Task StopAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        await _process.StandardInput.FlushAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Its folder goes too.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.Add(line);
        var at = line.IndexOf(Ready, StringComparison.Ordinal);
        if (at >= 0)
            _listening.TrySetResult(new Uri(line[(at + Ready.Length)..]));
    }
}
