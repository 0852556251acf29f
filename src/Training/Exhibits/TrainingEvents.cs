using System.Text.Json.Nodes;
using Tmrvc.Audio;
using Tmrvc.TensorBoard;

namespace Tmrvc.Training;

/// <summary>A run's metrics and exhibits as TensorBoard shows them. Holds times, so it is no output of a stage.</summary>
internal sealed class TrainingEvents : IDisposable
{
    /// <summary>A curve needs no more points than this; longer phases leave out steps between.</summary>
    private const long Points = 10_000;

    private readonly EventFile _file;
    private readonly long _interval;

    private TrainingEvents(EventFile file, long steps) => (_file, _interval) = (file, 1 + (steps - 1) / Points);

    /// <summary>
    /// Goes on from the mark of the checkpoint that the run goes on from. Where there is none, as on another machine, the curves so far are
    /// taken from the metrics.
    /// </summary>
    /// <param name="step">Steps done.</param>
    /// <param name="steps">Of the whole phase.</param>
    public static TrainingEvents Open(string folder, long step, long steps, string metricsPath, TimeProvider clock)
    {
        if (step > 0 && EventFile.Continue(folder, step, clock) is { } continued) return new TrainingEvents(continued, steps);
        var events = new TrainingEvents(EventFile.Create(folder, clock), steps);
        events.Repeat(metricsPath);
        return events;
    }

    /// <param name="entries">A line of the metrics without its step.</param>
    public void Record(long step, IReadOnlyList<(string Name, JsonNode Value)> entries)
    {
        var isValidation = entries[0].Name == MetricsLog.ValidationLoss;
        if (isValidation || step % _interval == 0)
            _file.Scalars(step, entries.Select(entry => (isValidation ? "validation/loss" : $"train/{entry.Name}", (double)entry.Value.GetValue<float>())));
    }

    public void Scalars(long step, IEnumerable<(string Tag, double Value)> scalars) => _file.Scalars(step, scalars);

    public void Show(long step, IEnumerable<Exhibit> exhibits)
    {
        foreach (var exhibit in exhibits)
        {
            if (exhibit is Exhibit.Mel mel) _file.Picture(step, mel.Name, GreyPicture.OfBands(mel.LogMel, mel.Bands));
            if (exhibit is Exhibit.Sound(var name, var audio)) _file.Sound(step, name, audio.SampleRate, audio.Samples.Length, AudioFile.Wav16(audio));
        }
    }

    public void MarkCheckpoint(long step) => _file.MarkCheckpoint(step);

    public void Dispose() => _file.Dispose();

    private void Repeat(string metricsPath)
    {
        foreach (var line in MetricsLog.Read(metricsPath))
            Record(line["step"]!.GetValue<long>(), [.. line.Where(entry => entry.Key != "step").Select(entry => (entry.Key, entry.Value!))]);
    }
}
