using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Models;
using Tmrvc.Training;
using static TorchSharp.torch;

namespace Tmrvc.Evaluation;

/// <summary>The student as it was trained, over whole utterances, its converter seeing any number of frames ahead: what a stream of that latency would say.</summary>
internal sealed class WholeStudent(StudentNetworks student, MelStatistics statistics, int framesAhead, EvaluationBench bench, Constants constants, EnrolledVoices voices)
    : IVoiceSystem
{
    private readonly SignalParameters _signal = SignalParameters.From(constants);

    public string Name => $"FP32, lookahead {framesAhead}";

    public string Note => "as it was trained, whole utterances";

    public double? LatencyMilliseconds => 1000.0 * (constants.WindowLength + framesAhead * constants.HopLength) / constants.SampleRate;

    public bool IsParallel => false;

    public SpokenVoice Speak(AskedSample asked)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var source = bench.Shards.SpeakerOf(asked.Utterance);
        var target = voices.Of(asked.Target ?? source);
        var recording = bench.Recording(asked.Utterance);
        using var synthesis = new WaveformSynthesis(_signal.NFft, _signal.WindowLength, _signal.HopLength);
        var speech = new float[recording.Samples.Length + (synthesis.FramesAhead + framesAhead) * _signal.HopLength];
        recording.Samples.CopyTo(speech, 0);
        var mel = new MelInput(statistics, _signal, CPU).Of(new AudioBuffer(speech, _signal.SampleRate)); // [1, 80, T + 3 + lookahead]
        var content = student.ContentEncoder.forward(mel, LogF0(speech, voices.Of(source).Range, target.Range)).Output;
        var rooms = student.IrEstimator.forward(mel.narrow(2, 0, mel.shape[2] / constants.IrUpdateInterval * constants.IrUpdateInterval)).Output; // [1, 24, N]
        var samples = synthesis.Of(student.Vocoder.forward(Features(content, rooms, target)).Spectrum()).data<float>().ToArray();
        var broken = samples.Count(sample => !float.IsFinite(sample));
        for (var i = 0; broken > 0 && i < samples.Length; i++) samples[i] = float.IsFinite(samples[i]) ? samples[i] : 0;
        return new SpokenVoice(voices.F0(asked.Utterance, target), new AudioBuffer(samples, _signal.SampleRate)) { NotFinite = broken };
    }

    /// <summary>A frame is converted when the last that it sees arrives, in the room that is known then.</summary>
    private Tensor Features(Tensor content, Tensor rooms, EnrolledVoice target)
    {
        var (embedding, delta) = (tensor(target.Profile.Embedding).view(1, -1), tensor(target.Profile.LoraDelta).view(1, -1));
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
