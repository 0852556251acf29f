using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What a vocoder makes of the mels of the first validation utterances; before the first step also the recordings.</summary>
internal sealed class VocoderExhibits(
    TeacherVocoder vocoder, MelFeatures mels, SignalParameters signal, IReadOnlyList<WaveformBatch> validation, Device device)
{
    private const int Shown = 4;

    public IEnumerable<Exhibit> Of(long step)
    {
        if (validation.Count == 0) return [];
        using var scope = NewDisposeScope();
        var recorded = validation[0].On(device).narrow(0, 0, Math.Min(Shown, validation[0].Size));
        var generated = vocoder.forward(mels.Of(recorded), null); // [B, 240·T]
        return [.. Enumerable.Range(0, (int)recorded.shape[0]).SelectMany(n => (Exhibit[])
        [
            .. step == 0 ? Heard(recorded, n, "recorded") : [],
            .. Heard(generated, n, "generated"),
        ])];
    }

    private Exhibit[] Heard(Tensor waveforms, int utterance, string what)
    {
        var name = $"utterance{utterance}/{what}";
        var waveform = waveforms.narrow(0, utterance, 1);
        return
        [
            new Exhibit.Mel(name, Values(mels.Of(waveform)), signal.NMels),
            new Exhibit.Sound(name, new AudioBuffer(Values(waveform), signal.SampleRate)),
        ];
    }

    private static float[] Values(Tensor tensor) => tensor.cpu().contiguous().data<float>().ToArray();
}
