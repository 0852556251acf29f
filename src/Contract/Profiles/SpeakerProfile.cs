namespace Tmrvc.Contract;

/// <summary>One voice, as the exported converter takes it.</summary>
/// <param name="Embedding">[192], the input <c>spk_embed</c>.</param>
/// <param name="LoraDelta">[24576], the input <c>lora_delta</c>: what fine-tuning adds to the converter; zeros add nothing.</param>
public sealed record SpeakerProfile(float[] Embedding, float[] LoraDelta, SpeakerProfileMetadata Metadata);
