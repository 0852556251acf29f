namespace Tmrvc.Features;

/// <summary>What the sampler needs to know of an utterance.</summary>
/// <param name="Utterance">Position in <see cref="FeatureShards.Utterances"/>.</param>
/// <param name="Speaker">Speaker index.</param>
public readonly record struct SamplerItem(int Utterance, int Speaker, int Frames);
