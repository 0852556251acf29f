using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>ECAPA-TDNN of others, where the teacher is conditioned by the pipeline's own encoder.</summary>
public sealed class EcapaEmbedder(PretrainedNetwork network) : ISpeakerEmbedder
{
    private readonly Ecapa _ecapa = new(network);

    public string Name => "ECAPA-TDNN";

    public float[] Embed(AudioBuffer speech) => _ecapa.Embed(speech);
}
