using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Streaming.Tests;

/// <summary>The conversion that the contract means, by the networks as they are trained, over whole utterances.</summary>
internal sealed class WholeUtterance(StudentNetworks student, SpeakerProfile voice)
{
    private const int FramesPerRoom = 10;

    /// <returns>[240·(T − 3)]</returns>
    public float[] Convert(float[] speech)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var frames = speech.Length / Workbench.Signal.HopLength;
        var mel = Mel(speech, frames);
        var content = student.ContentEncoder.forward(mel, LogF0(speech, frames)).Output;
        var rooms = student.IrEstimator.forward(mel.narrow(2, 0, frames / FramesPerRoom * FramesPerRoom)).Output; // [1, 24, N]
        var spectrum = student.Vocoder.forward(Features(content, rooms, frames)).Spectrum();
        using var synthesis = new WaveformSynthesis(Workbench.Signal.NFft, Workbench.Signal.WindowLength, Workbench.Signal.HopLength);
        return synthesis.Of(spectrum).data<float>().ToArray();
    }

    /// <summary>The frame that completes ten is the first to hear of their room.</summary>
    private Tensor Features(Tensor content, Tensor rooms, int frames)
    {
        var (parts, state) = (new List<Tensor>(), (Tensor?)null);
        for (int first = 0, end = FramesPerRoom - 1; first < frames; (first, end) = (end, Math.Min(end + FramesPerRoom, frames)))
        {
            var room = first == 0 ? zeros(1, 24) : rooms.select(2, (first + 1) / FramesPerRoom - 1);
            var conditions = new ConverterConditions(tensor(voice.Embedding).view(1, -1), room, tensor(voice.LoraDelta).view(1, -1));
            var streamed = student.Converter.forward(content.narrow(2, first, end - first), conditions, state);
            parts.Add(streamed.Output);
            state = streamed.State;
        }
        return cat(parts, 2);
    }

    private static Tensor Mel(float[] speech, int frames)
    {
        var statistics = StudentFiles.Statistics;
        var mel = tensor(new LogMel(Workbench.Signal).Compute(speech)).view(1, -1, frames).clamp_min(statistics.Clamp);
        return (mel - tensor(statistics.Mean).view(1, -1, 1)) / tensor(statistics.Deviation).view(1, -1, 1);
    }

    private static Tensor LogF0(float[] speech, int frames)
    {
        var pitch = new PitchStream(Workbench.Signal);
        return tensor(Enumerable.Range(0, frames).Select(frame => MathF.Log(pitch.Push(speech.AsSpan(frame * 240, 240)) + 1)).ToArray()).view(1, 1, -1);
    }
}
