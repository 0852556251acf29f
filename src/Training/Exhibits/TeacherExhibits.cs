using Tmrvc.Audio;
using Tmrvc.Features;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Validation utterances as a teacher samples them, the same ones with the same noise each time, heard through Griffin-Lim; before the
/// first step also their recordings.
/// </summary>
internal sealed class TeacherExhibits
{
    private const int Shown = 4;

    private readonly Teacher _teacher;
    private readonly MelStatistics _statistics;
    private readonly SignalParameters _signal;
    private readonly TeacherBatch _batch;
    private readonly Device _device;
    private readonly GriffinLim _vocoder;

    /// <param name="validation">At least one; some are taken evenly over all.</param>
    public TeacherExhibits(
        Teacher teacher, TeacherBatches batches, IEnumerable<BatchPlan> validation, MelStatistics statistics, SignalParameters signal, Device device)
    {
        (_teacher, _statistics, _signal, _device) = (teacher, statistics, signal, device);
        var crops = validation.SelectMany(plan => plan.Crops).ToList();
        var shown = Math.Min(Shown, crops.Count);
        _batch = batches.Make(new BatchPlan(0, [.. Enumerable.Range(0, shown).Select(n => crops[n * crops.Count / shown])]));
        _vocoder = new GriffinLim(signal);
    }

    public IEnumerable<Exhibit> Of(long step)
    {
        var generated = Generated();
        return Enumerable.Range(0, _batch.Features.Size).SelectMany(n => (Exhibit[])
        [
            .. step == 0 ? Heard(_batch.Features.LogMel, n, "recorded") : [],
            .. Heard(generated, n, "generated"),
        ]);
    }

    /// <summary>[B, 80, T], normalised.</summary>
    private float[] Generated()
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(seed: 0, step: 0, stream: 0, _device);
        var conditions = _batch.Conditions(_teacher.Architecture.Dimensions, _device);
        var noise = random.Normal(_batch.Features.Size, _signal.NMels, _batch.Features.Frames);
        var mel = new EulerSampler().Sample(noise, (position, time) => _teacher.forward(position, time, conditions));
        return mel.cpu().contiguous().data<float>().ToArray();
    }

    private Exhibit[] Heard(float[] normalised, int utterance, string what)
    {
        var logMel = Within(normalised, utterance);
        _statistics.Restore(logMel);
        var name = $"utterance{utterance}/{what}";
        return [new Exhibit.Mel(name, logMel, _signal.NMels), new Exhibit.Sound(name, _vocoder.Reconstruct(logMel))];
    }

    /// <summary>The frames inside an utterance's length, [80, length].</summary>
    private float[] Within(float[] values, int utterance)
    {
        var (frames, length) = (_batch.Features.Frames, (int)_batch.Features.Lengths[utterance]);
        return [.. Enumerable.Range(0, _signal.NMels).SelectMany(band => values.AsSpan((utterance * _signal.NMels + band) * frames, length).ToArray())];
    }
}
