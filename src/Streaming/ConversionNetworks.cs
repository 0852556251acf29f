using Microsoft.ML.OnnxRuntime;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>The networks of one stream, joined by the memory that they share: what one writes the next reads where it is.</summary>
internal sealed class ConversionNetworks : IDisposable
{
    private readonly List<IDisposable> _parts = [];
    private readonly TensorBuffer _mel, _f0, _content, _magnitude, _phase;
    private readonly StatefulNetwork _contentEncoder, _converter, _vocoder;
    private readonly ContentWindow _latest;
    private readonly RoomListener _listener;

    /// <exception cref="ConversionException">A network is missing, or is another one.</exception>
    internal ConversionNetworks(ModelFolder models, ConversionOptions options, Constants constants, SpeakerProfile target)
    {
        var contract = StudentContracts.From(constants);
        FramesAhead = options.LooksAhead ? contract.Sizes.Lookahead : 0;
        try
        {
            (_mel, _f0, _content) = (Buffer(1, constants.NMels, 1), Buffer(1, 1, 1), Buffer(1, constants.DContent, 1));
            var (window, room, features) = (
                Buffer(1, constants.DContent, 1 + FramesAhead), Buffer(1, constants.NIrParams), Buffer(1, constants.DVocoderFeatures, 1));
            (_magnitude, _phase) = (Buffer(1, constants.NFreqBins, 1), Buffer(1, constants.NFreqBins, 1));
            _latest = new ContentWindow(window.Values, 1 + FramesAhead);
            _listener = Part(new RoomListener(tensors => Opened(contract.IrEstimator, tensors), constants, room));
            _contentEncoder = Network(contract.ContentEncoder, ("mel_frame", _mel), ("f0", _f0), ("content", _content));
            _converter = Network(
                options.LooksAhead ? contract.ConverterHq : contract.Converter,
                ("content", window), ("spk_embed", Holding(target.Embedding)), ("lora_delta", Holding(target.LoraDelta)), ("ir_params", room),
                ("pred_features", features));
            _vocoder = Network(contract.Vocoder, ("features", features), ("stft_mag", _magnitude), ("stft_phase", _phase));
        }
        catch
        {
            Dispose();
            throw;
        }

        StatefulNetwork Network(ModelContract network, params (string, TensorBuffer)[] tensors) => Part(Opened(network, tensors));
        StatefulNetwork Opened(ModelContract network, params (string, TensorBuffer)[] tensors) => StatefulNetwork.Open(models, network, options.Precision, tensors);
    }

    /// <summary>How many frames later than the others a frame is converted.</summary>
    internal int FramesAhead { get; }

    /// <summary>[80], the next frame: to be written before <see cref="Run"/>.</summary>
    internal Span<float> Mel => _mel.Values;

    /// <summary>[513]</summary>
    internal ReadOnlySpan<float> Magnitude => _magnitude.Values;

    /// <summary>[513], radians.</summary>
    internal ReadOnlySpan<float> Phase => _phase.Values;

    /// <param name="logF0">ln(F0 in Hz + 1), 0 where unvoiced.</param>
    /// <returns>Whether a frame was converted: as long as the first waits for those it looks ahead at, none is.</returns>
    internal bool Run(float logF0)
    {
        _f0.Values[0] = logF0;
        _listener.Push(Mel);
        _contentEncoder.Run();
        _latest.Push(_content.Values);
        if (!_latest.IsFull)
            return false;
        _converter.Run();
        _vocoder.Run();
        return true;
    }

    internal void Reset()
    {
        _listener.Reset();
        _contentEncoder.Reset();
        _latest.Reset();
        _converter.Reset();
        _vocoder.Reset();
    }

    public void Dispose() => _parts.AsEnumerable().Reverse().ToList().ForEach(part => part.Dispose());

    private TensorBuffer Buffer(params int[] shape) => Part(new TensorBuffer(shape));

    private TensorBuffer Holding(float[] values)
    {
        var buffer = Buffer(1, values.Length);
        values.CopyTo(buffer.Values, 0);
        return buffer;
    }

    private T Part<T>(T part)
        where T : IDisposable
    {
        _parts.Add(part);
        return part;
    }
}
