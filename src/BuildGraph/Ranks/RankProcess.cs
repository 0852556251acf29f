using System.Diagnostics;
using System.Globalization;

namespace Tmrvc.BuildGraph;

/// <summary>A running rank, as its launcher sees it.</summary>
internal sealed class RankProcess : IDisposable
{
    private const int FirstSignal = 128;
    private const int KeptLines = 5;

    private readonly Process _process;
    private readonly Queue<string> _words = [];
    private readonly Action<RankLine> _heard;
    private RankLine? _failure;

    /// <param name="heard">Told of what the rank says while it works.</param>
    public RankProcess(int rank, ProcessStartInfo start, Action<RankLine> heard)
    {
        (Rank, _heard) = (rank, heard);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName}: did not start.");
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    public int Rank { get; }

    /// <summary>With the exit code.</summary>
    public Task<int> Ended { get; }

    /// <summary>Whether the rank ended on its own account, not because another one did.</summary>
    public bool IsAtFault => Ended is { IsCompleted: true, Result: not (RankWork.Done or RankWork.Preempted) } && _failure?.WasLeft != true;

    /// <summary>How it ended, with its name.</summary>
    public string Words => $"rank {Rank} (process {_process.Id.ToString(CultureInfo.InvariantCulture)}) {End()}";

    /// <summary>Whatever it was at.</summary>
    public void Kill()
    {
        if (!Ended.IsCompleted) _process.Kill(entireProcessTree: true);
    }

    /// <summary>It may save first.</summary>
    public void AskToStop()
    {
        try
        {
            _process.StandardInput.WriteLine(RankWork.Stop);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    public void Dispose() => _process.Dispose();

    private string End() => !Ended.IsCompleted ? "is at work"
        : _failure is { Failure: { } failure } ? $"failed: {failure}"
        : Ended.Result > FirstSignal ? $"was ended by signal {Ended.Result - FirstSignal}{Said()}"
        : Ended.Result == RankWork.Preempted ? "was asked to stop"
        : $"left with exit code {Ended.Result}{Said()}";

    private string Said()
    {
        lock (_words) return _words.Count == 0 ? "" : $"; its last words: {string.Join(" | ", _words)}";
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    private void Hear(string? text)
    {
        if (text is null) return;
        if (RankLine.Parse(text) is not { } line) Remember(text);
        else if (line.Failure is not null) _failure = line;
        else _heard(line);
    }

    private void Remember(string text)
    {
        lock (_words)
        {
            _words.Enqueue(text);
            if (_words.Count > KeptLines) _words.Dequeue();
        }
    }
}
