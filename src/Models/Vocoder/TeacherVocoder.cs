using Tmrvc.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>
/// Mel to waveform by predicting magnitude and phase of every frame and inverting them (Vocos, Siuzdak, 2023). Sees the whole
/// utterance; differentiable, so that losses on waveforms can reach what made the mel.
/// </summary>
public sealed class TeacherVocoder : nn.Module<Tensor, Tensor?, Tensor>
{
    private const double LargestLogMagnitude = 7;

    private readonly Conv1d _input;
    private readonly LayerNorm _inputNorm;
    private readonly ConvNeXtBlock[] _blocks;
    private readonly LayerNorm _outputNorm;
    private readonly Linear _head;
    private readonly OverlapAdd _inverse;

    /// <param name="seed">Decides the initial weights.</param>
    /// <exception cref="ArgumentException">The architecture has mistakes; all of them are listed.</exception>
    public TeacherVocoder(VocoderArchitecture architecture, ulong seed = 0) : base(nameof(TeacherVocoder))
    {
        Architecture = Validated(architecture);
        var (channels, kernel) = (architecture.Channels, architecture.Kernel);
        _input = this.Child("input_conv", nn.Conv1d(architecture.Mels, channels, kernel, padding: kernel / 2));
        _inputNorm = this.Child("input_norm", nn.LayerNorm(channels));
        _blocks = [.. Enumerable.Range(0, architecture.Blocks).Select(n =>
            this.Child($"blocks{n}", new ConvNeXtBlock(channels, architecture.Expansion, kernel, 1.0 / architecture.Blocks)))];
        _outputNorm = this.Child("output_norm", nn.LayerNorm(channels));
        _head = this.Child("head", nn.Linear(channels, 2 * architecture.Bins));
        _inverse = new OverlapAdd(architecture);
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        UniformInitialisation.Apply(this, generator);
    }

    public VocoderArchitecture Architecture { get; }

    /// <param name="mel">Normalised log-mel, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on valid frames, or null when all are.</param>
    /// <returns>[B, 240·T], zeros on padding</returns>
    public override Tensor forward(Tensor mel, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var held = nn.functional.pad(mask is null ? mel : new FrameMask(mask, 0).HoldLast(mel), [0, Architecture.FramesAhead], PaddingModes.Replicate);
        var seen = mask is null ? null : Extended(mask);
        var spectrum = Spectrum(held, seen); // [B, 513, T + 3]
        var waveform = _inverse.forward(spectrum);
        return (mask is null ? waveform : waveform * Samples(mask)).MoveToOuterDisposeScope();
    }

    private Tensor Spectrum(Tensor mel, Tensor? mask)
    {
        var x = _input.call(mask is null ? mel : mel * mask);
        x = _inputNorm.call(x.transpose(1, 2)).transpose(1, 2); // [B, C, T + 3]
        foreach (var block in _blocks) x = block.forward(x, mask);
        var parts = _head.call(_outputNorm.call(x.transpose(1, 2))).transpose(1, 2).chunk(2, 1);
        var magnitude = parts[0].clamp_max(LargestLogMagnitude).exp();
        return complex(magnitude * parts[1].cos(), magnitude * parts[1].sin());
    }

    /// <summary>The frames that a valid sample needs. [B, 1, T] → [B, 1, T + 3]</summary>
    private Tensor Extended(Tensor mask)
    {
        var ahead = Architecture.FramesAhead;
        var positions = arange(mask.shape[2] + ahead, dtype: mask.dtype, device: mask.device);
        return positions.lt(mask.sum(2, keepdim: true) + ahead).to_type(mask.dtype);
    }

    /// <summary>[B, 1, T] → [B, 240·T]</summary>
    private Tensor Samples(Tensor mask) => mask.transpose(1, 2).expand(-1, -1, Architecture.HopLength).reshape(mask.shape[0], -1);

    private static VocoderArchitecture Validated(VocoderArchitecture architecture)
    {
        var mistakes = architecture.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        return mistakes.Count == 0 ? architecture : throw new ArgumentException($"Vocoder: {string.Join(" ", mistakes)}");
    }
}
