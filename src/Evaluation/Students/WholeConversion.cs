using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Streaming;
using Tmrvc.Training;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>
/// What a stream of any latency says, by the student's networks as they were trained: all frames of an utterance at once, but for the room, which
/// changes as the stream would come to know it.
/// </summary>
/// <param name="framesAhead">That the converter sees.</param>
internal sealed class WholeConversion(StudentNetworks student, MelStatistics statistics, int framesAhead, Constants constants)
{
    private readonly SignalParameters _signal = SignalParameters.From(constants);

    /// <param name="recording">Whole hops.</param>
    /// <param name="from">The range of the voice that speaks; null leaves F0 as it is, as does a target that tells none.</param>
    /// <returns>As many samples, moment for moment.</returns>
    public float[] Of(ReadOnlySpan<float> recording, SpeakerProfile target, PitchRange? from)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var synthesis = new WaveformSynthesis(_signal.NFft, _signal.WindowLength, _signal.HopLength);
        var speech = new float[recording.Length + (synthesis.FramesAhead + framesAhead) * _signal.HopLength];
        recording.CopyTo(speech);
        var mel = new MelInput(statistics, _signal, CPU).Of(new AudioBuffer(speech, _signal.SampleRate)); // [1, 80, T + 3 + lookahead]
        var content = student.ContentEncoder.forward(mel, LogF0(speech, from, target.PitchRange())).Output;
        return synthesis.Of(student.Vocoder.forward(Features(content, Rooms(mel), target)).Spectrum()).data<float>().ToArray();
    }

    /// <summary>Seconds by band, each time that a stream tells it.</summary>
    public IReadOnlyList<double[]> HearRt60(AudioBuffer speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var rooms = Rooms(new MelInput(statistics, _signal, CPU).Of(speech)).squeeze(0).transpose(0, 1).contiguous(); // [N, 24]
        var bands = constants.IrSubbandEdgesHz.Count - 1;
        return [.. rooms.data<float>().ToArray().Chunk(constants.NIrParams).Select(room => room.Take(bands).Select(scaled => RoomScale.Rt60(scaled)).ToArray())];
    }

    /// <returns>[1, 24, N], as networks see it.</returns>
    private Tensor Rooms(Tensor mel) =>
        student.IrEstimator.forward(mel.narrow(2, 0, mel.shape[2] / constants.IrUpdateInterval * constants.IrUpdateInterval)).Output;

    /// <summary>A frame is converted when the last that it sees arrives, in the room that is known then.</summary>
    private Tensor Features(Tensor content, Tensor rooms, SpeakerProfile target)
    {
        var (embedding, delta) = (tensor(target.Embedding).view(1, -1), tensor(target.LoraDelta).view(1, -1));
        var (parts, state, each) = (new List<Tensor>(), (Tensor?)null, constants.IrUpdateInterval);
        var frames = (int)content.shape[2] - framesAhead;
        for (int first = 0, end; first < frames; first = end)
        {
            var heard = (first + framesAhead + 1) / each;
            end = Math.Min(frames, (heard + 1) * each - framesAhead - 1);
            var room = heard == 0 ? zeros(1, constants.NIrParams) : rooms.select(2, heard - 1);
            var streamed = student.Converter.forward(
                content.narrow(2, first, end - first + framesAhead), new ConverterConditions(embedding, room, delta), state, new Lookahead(framesAhead));
            parts.Add(streamed.Output);
            state = streamed.State;
        }
        return cat(parts, 2);
    }

    /// <summary>[1, 1, T]</summary>
    private Tensor LogF0(float[] speech, PitchRange? from, PitchRange? to)
    {
        var pitch = new PitchStream(_signal);
        var f0 = new float[speech.Length / _signal.HopLength];
        for (var frame = 0; frame < f0.Length; frame++)
        {
            var hertz = pitch.Push(speech.AsSpan(frame * _signal.HopLength, _signal.HopLength));
            f0[frame] = (float)Math.Log((hertz > 0 && from is not null && to is not null ? from.Moved(hertz, to) : hertz) + 1);
        }
        return tensor(f0, [1, 1, f0.Length]);
    }
}
