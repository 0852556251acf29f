using Tmrvc.Audio;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Speech of one voice as a converter learns from it: content of each piece, and the mel that it should become. F0 is what a stream hears.</summary>
internal sealed class FewShotSpeech : IDisposable
{
    private readonly FewShotSettings _settings;
    private readonly List<Piece> _learnt = [];
    private readonly List<Piece> _heldOut = [];

    /// <exception cref="InvalidDataException">The speech is too short to learn from one part and to be judged by another.</exception>
    public FewShotSpeech(IEnumerable<AudioBuffer> pieces, ContentEncoder encoder, NormalisedMel normalised, SignalParameters signal, FewShotSettings settings)
    {
        _settings = settings;
        var (mels, pitch) = (new LogMel(signal), new PitchStream(signal));
        using var withoutGradient = no_grad();
        foreach (var samples in pieces.Select(piece => piece.Samples).Where(samples => samples.Length >= signal.HopLength))
        {
            using var scope = NewDisposeScope();
            var frames = samples.Length / signal.HopLength;
            var mel = normalised.Of(tensor(mels.Compute(samples), [1, signal.NMels, frames]));
            var content = encoder.forward(mel, tensor(LogF0(pitch, samples, signal.HopLength), [1, 1, frames])).Output;
            Divide(new Piece(content, mel));
        }
        if (_learnt.Count == 0 || _heldOut.Count == 0)
            throw new InvalidDataException("Few-shot: the recordings hold too little speech to learn from one part and to be judged by another; give more.");
    }

    /// <summary>What judges.</summary>
    public IReadOnlyList<Piece> HeldOut => _heldOut;

    /// <summary>Crops of one length, drawn evenly over all frames.</summary>
    public Piece Draw(StepRandom random)
    {
        var frames = Math.Min(_settings.Frames, _learnt.Max(piece => piece.Frames));
        var fitting = _learnt.Where(piece => piece.Frames >= frames).ToList();
        var crops = random.Fractions(_settings.BatchSize).Select(fraction => Crop(fitting, frames, fraction)).ToList();
        return new Piece(cat([.. crops.Select(crop => crop.Content)], 0), cat([.. crops.Select(crop => crop.Mel)], 0));
    }

    public void Dispose()
    {
        foreach (var piece in _learnt.Concat(_heldOut)) piece.Dispose();
    }

    private static Piece Crop(List<Piece> pieces, int frames, double fraction)
    {
        var place = (long)(fraction * pieces.Sum(piece => piece.Frames - frames + 1L));
        foreach (var piece in pieces)
        {
            var places = piece.Frames - frames + 1;
            if (place < places) return piece.Part((int)place, frames);
            place -= places;
        }
        return pieces[^1].Part(pieces[^1].Frames - frames, frames);
    }

    private static float[] LogF0(PitchStream pitch, float[] samples, int hop)
    {
        pitch.Reset();
        return [.. Enumerable.Range(0, samples.Length / hop).Select(frame => MathF.Log(pitch.Push(samples.AsSpan(frame * hop, hop)) + 1))];
    }

    private void Divide(Piece piece)
    {
        var held = (int)(piece.Frames * _settings.HeldOut);
        if (held == 0) return;
        _learnt.Add(piece.Part(0, piece.Frames - held).Kept());
        _heldOut.Add(piece.Part(piece.Frames - held, held).Kept());
    }

    /// <param name="Content">[B, 256, T]</param>
    /// <param name="Mel">Normalised, [B, 80, T]</param>
    internal sealed record Piece(Tensor Content, Tensor Mel) : IDisposable
    {
        public int Frames => (int)Mel.shape[2];

        public Piece Part(int first, int frames) => new(Content.narrow(2, first, frames), Mel.narrow(2, first, frames));

        public Piece Kept() => new(Content.clone().DetachFromDisposeScope(), Mel.clone().DetachFromDisposeScope());

        public void Dispose()
        {
            Content.Dispose();
            Mel.Dispose();
        }
    }
}
