using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Tells voices apart. Never the network that a teacher is conditioned or trained with, which it has learnt to please.</summary>
public interface ISpeakerEmbedder
{
    /// <summary>For people: a similarity means nothing without it.</summary>
    string Name { get; }

    /// <returns>Unit length.</returns>
    float[] Embed(AudioBuffer speech);
}
