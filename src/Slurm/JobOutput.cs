using System.Text;
using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>Reads what a job writes, as it comes, and passes it on.</summary>
internal sealed class JobOutput(string path, StageVoice voice)
{
    private readonly List<byte> _line = [];
    private long _read;

    /// <summary>What the job said last; null while it has not.</summary>
    public StageJobEnd? End { get; private set; }

    /// <summary>When its program began, by the node's clock; null while it has not.</summary>
    public DateTimeOffset? Began { get; private set; }

    /// <summary>When its stage began; null while it has not.</summary>
    public DateTimeOffset? Worked { get; private set; }

    /// <summary>When it said its last word; null while it has not.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>How far the stage has come, in its own unit; null while it has not said.</summary>
    public long? Done { get; private set; }

    /// <summary>Takes what was added since.</summary>
    public void Read()
    {
        if (!File.Exists(path))
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Min(_read, file.Length);
        var buffer = new byte[64 << 10];
        for (int count; (count = file.Read(buffer)) > 0; _read += count)
            foreach (var letter in buffer.AsSpan(0, count))
                Take(letter);
    }

    private void Take(byte letter)
    {
        if (letter != '\n')
        {
            _line.Add(letter);
            return;
        }
        Take(Encoding.UTF8.GetString([.. _line]));
        _line.Clear();
    }

    private void Take(string line)
    {
        switch (JobLine.Parse(line))
        {
            case { End: { } end } last:
                (End, Ended) = (end, last.At);
                break;
            case { Works: { } works, At: var at }:
                (Began, Worked) = works ? (Began, at) : (at, Worked);
                voice.Started();
                break;
            case { Progress: { } progress }:
                Done = progress.Done;
                voice.Progress(progress);
                break;
            case { Log: { } log }:
                voice.Log(log);
                break;
            case null when line.Length > 0:
                voice.Log(line);
                break;
        }
    }
}
