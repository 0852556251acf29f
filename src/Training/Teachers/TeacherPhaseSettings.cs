using System.Text.Json.Serialization;
using Tmrvc.Configuration;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>One phase of the teacher, as data.</summary>
public sealed record TeacherPhaseSettings : TrainingSettings
{
    /// <summary>tiny, base or upstream.</summary>
    public string Preset { get; init; } = "tiny";

    /// <summary>Name of the phase whose model is the first weights; null to start from drawn ones. The model that is read says it to the key.</summary>
    [Cosmetic]
    public string? ResumesFrom { get; init; }

    /// <summary>
    /// A safetensors file, relative to the repository root, whose tensors are the first weights, by the names and shapes of the preset; null for
    /// none. The file's content says it to the key.
    /// </summary>
    [Cosmetic]
    [JsonIgnore]
    public string? InitialWeights { get; init; }

    /// <summary>Names of the corpora that are learnt from; none for all. The features that are read say it to the key.</summary>
    [Cosmetic]
    public IReadOnlyList<string> Datasets { get; init; } = [];

    public FlowSettings Flow { get; init; } = new();

    public TeacherLossSettings Losses { get; init; } = new();

    /// <summary>How the speech is changed; null leaves it as recorded.</summary>
    public AugmentationSettings? Augmentation { get; init; }

    /// <summary>The pairs of noise and speech that are learnt from instead of recordings; null for none. The pairs that are read say it to the key.</summary>
    [Cosmetic]
    [JsonIgnore]
    public ReflowPairsSettings? Pairs { get; init; }

    protected override IEnumerable<(string Property, string Message)> OwnMistakes()
    {
        if (Preset is not ("tiny" or "base" or "upstream")) yield return ("preset", $"'{Preset}': tiny, base and upstream are allowed.");
        if (InitialWeights is not null && ResumesFrom is not null)
            yield return ("initial_weights", $"'{InitialWeights}' with resumes_from '{ResumesFrom}': the first weights are of one of them; leave the other out.");
        if (Flow.CrossSpeaker > 0 && Losses.Speaker == 0)
            yield return ("flow.cross_speaker", $"{Flow.CrossSpeaker} with losses.speaker 0: nothing would judge an exchanged voice; only 0 is allowed.");
        if (Losses.Ir > 0 && Augmentation is null)
            yield return ("losses.ir", $"{Losses.Ir} without augmentation: no speech would be in a room; only 0 is allowed.");
        foreach (var mistake in Pairs is null ? [] : PairMistakes().Concat(Within("pairs", Pairs))) yield return mistake;
        foreach (var mistake in Augmentation is null ? [] : Within("augmentation", Augmentation)) yield return mistake;
        foreach (var mistake in Within("flow", Flow).Concat(Within("losses", Losses))) yield return mistake;
    }

    private IEnumerable<(string Property, string Message)> PairMistakes()
    {
        if (ResumesFrom is null) yield return ("resumes_from", "is missing, and pairs are made by the teacher of another phase; name it.");
        if (Augmentation is not null) yield return ("augmentation", "is there with pairs, which the teacher made as they are; only one of both is allowed.");
        if (Flow.CrossSpeaker > 0) yield return ("flow.cross_speaker", $"{Flow.CrossSpeaker} with pairs, which hold conversions already; only 0 is allowed.");
        if (Flow.OptimalTransport) yield return ("flow.optimal_transport", "true with pairs, whose noise belongs to their speech; only false is allowed.");
    }
}
