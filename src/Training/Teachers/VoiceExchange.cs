using Tmrvc.Features;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Asks for some utterances of a batch in the voice of another speaker's: nobody recorded that, so only losses on the voice can judge it.
/// </summary>
/// <param name="Voice">[B]: the utterance whose voice is asked for, each one's own where nothing is exchanged.</param>
public sealed record VoiceExchange(IReadOnlyList<int> Voice)
{
    /// <param name="speakers">[B].</param>
    /// <returns>Null where nothing is exchanged.</returns>
    public static VoiceExchange? Draw(double probability, IReadOnlyList<long> speakers, StepRandom random)
    {
        if (probability == 0) return null;
        var (whether, whose) = (random.Fractions(speakers.Count), random.Fractions(speakers.Count));
        var voice = Enumerable.Range(0, speakers.Count).Select(own => whether[own] < probability ? OfAnother(own, speakers, whose[own]) : own).ToArray();
        return voice.Index().All(pair => pair.Item == pair.Index) ? null : new(voice);
    }

    /// <summary>The batch as it is asked for: the other's embedding, and F0 moved to the other's range.</summary>
    public TeacherBatch Apply(TeacherBatch batch)
    {
        var (frames, width) = (batch.Features.Frames, batch.Speaker.Length / batch.Features.Size);
        return batch with
        {
            Features = batch.Features with { F0 = [.. Rows((own, other) => F0(batch, batch.Features.F0.AsSpan(own * frames, frames), own, other))] },
            Speaker = [.. Rows((_, other) => batch.Speaker[(other * width)..((other + 1) * width)])],
        };
    }

    public ExchangedVoices On(Device device) => new(
        tensor([.. Voice.Select((other, own) => other == own ? 0f : 1f)], [Voice.Count], device: device),
        tensor([.. Voice.Select(other => (long)other)], [Voice.Count], device: device));

    private IEnumerable<float> Rows(Func<int, int, float[]> row) => Voice.SelectMany((other, own) => row(own, other));

    private static float[] F0(TeacherBatch batch, ReadOnlySpan<float> f0, int own, int other) =>
        own == other ? f0.ToArray() : PitchTransfer.Move(f0, batch.Voices[own], batch.Voices[other]);

    private static int OfAnother(int own, IReadOnlyList<long> speakers, float fraction)
    {
        var others = Enumerable.Range(0, speakers.Count).Where(other => speakers[other] != speakers[own]).ToArray();
        return others.Length == 0 ? own : others[(int)(fraction * (double)others.Length)];
    }
}

/// <summary><see cref="VoiceExchange"/> on a device.</summary>
/// <param name="Exchanged">[B], 1 where the voice is another's.</param>
/// <param name="Voice">[B], int64: the utterance whose voice is asked for.</param>
public sealed record ExchangedVoices(Tensor Exchanged, Tensor Voice);
