using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>What happens to one utterance of a batch.</summary>
/// <param name="Semitones">Shift of F0; 0 for none.</param>
/// <param name="Response">Position in <see cref="ImpulseResponseShards.Responses"/>; null for no room.</param>
/// <param name="Shelf">Null for none.</param>
/// <param name="Noise">Null for none.</param>
public sealed record AugmentationDraw(double Semitones, int? Response, ShelfDraw? Shelf, NoiseDraw? Noise)
{
    /// <summary>The mel that was extracted stays what is to be learned.</summary>
    public bool KeepsSpeech => Semitones == 0 && Response is null && Shelf is null;
}

/// <param name="Hertz">Where half of the decibels apply.</param>
public sealed record ShelfDraw(ShelfKind Kind, double Hertz, double Decibels);

/// <param name="SnrDecibels">Mean power of the speech in the crop to that of the noise.</param>
/// <param name="Offset">Sample of the bank's noise with which it begins.</param>
public sealed record NoiseDraw(NoiseKind Kind, double SnrDecibels, int Offset);
