using Tmrvc.Audio;
using Tmrvc.Configuration;

namespace Tmrvc.Features;

public sealed record FeaturesSettings : IValidated
{
    public ContentKind Content { get; init; } = ContentKind.Cepstra;

    public F0Kind F0 { get; init; } = F0Kind.Pyin;

    public SpeakerKind Speaker { get; init; } = SpeakerKind.Own;

    /// <summary>For <see cref="ContentKind.Cepstra"/>.</summary>
    public CepstraSettings Cepstra { get; init; } = new();

    /// <summary>For <see cref="ContentKind.Phones"/>.</summary>
    public PhonePosteriorSettings Phones { get; init; } = new();

    /// <summary>For <see cref="F0Kind.Pyin"/>.</summary>
    public PitchSettings Pitch { get; init; } = new();

    public RmvpeSettings Rmvpe { get; init; } = new();

    /// <summary>For networks of others. Both compute in float32 and agree closely, so features of one pass for those of the other.</summary>
    [RuntimeOnly]
    public InferenceProvider Provider { get; init; } = InferenceProvider.Auto;

    /// <summary>Names, in the section <c>pretrained</c>, of the networks that the chosen extractors need.</summary>
    public IEnumerable<string> Networks()
    {
        if (Content == ContentKind.ContentVec)
            yield return PretrainedNetworks.ContentVec;
        foreach (var network in F0Networks())
            yield return network;
        if (Speaker == SpeakerKind.Ecapa)
            yield return PretrainedNetworks.Ecapa;
    }

    /// <summary>Those among them that track F0.</summary>
    public IEnumerable<string> F0Networks() => F0 == F0Kind.Rmvpe ? [PretrainedNetworks.Rmvpe] : [];

    /// <summary>Shards are at most about this large.</summary>
    public int ShardMebibytes { get; init; } = 32;

    /// <summary>Segments at the same time; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Workers { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (ShardMebibytes is < 1 or > 1024)
            yield return ("shard_mebibytes", $"found {ShardMebibytes}, 1 to 1024 are allowed");
        if (Workers < 0)
            yield return ("workers", $"found {Workers}, 0 or more is allowed");
    }
}
