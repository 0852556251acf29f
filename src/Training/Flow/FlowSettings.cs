using System.Text.Json.Serialization;
using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>How times are drawn.</summary>
public enum FlowTimes
{
    /// <summary>U[0, 1).</summary>
    Uniform,

    /// <summary>The sigmoid of N(0, 1): more of the middle (Esser et al., 2024).</summary>
    LogitNormal,
}

/// <summary>Options of a teacher phase's objective. Probabilities are per utterance.</summary>
public sealed record FlowSettings : IValidated
{
    public FlowTimes Times { get; init; } = FlowTimes.Uniform;

    /// <summary>Probability of training without content, F0 and speaker, for classifier-free guidance (Ho and Salimans, 2022).</summary>
    public double Unconditional { get; init; } = 0.1;

    /// <summary>Probability of training without content alone.</summary>
    public double ContentDropout { get; init; }

    /// <summary>Probability of disturbing the speaker embedding.</summary>
    public double SpeakerNoise { get; init; }

    /// <summary>Probability of the speaker embedding of another utterance of the same speaker; validations have each utterance's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double OtherUtterance { get; init; }

    /// <summary>L2 norm that the disturbance of a unit-length embedding has on average.</summary>
    public double SpeakerNoiseScale { get; init; } = 0.3;

    /// <summary>Probability of asking for another speaker's voice; such an utterance meets the loss on the voice alone.</summary>
    public double CrossSpeaker { get; init; }

    /// <summary>Pairs noise and data within a batch so that the sum of squared distances is least (Tong et al., 2024).</summary>
    public bool OptimalTransport { get; init; }

    /// <summary>The same with every utterance as it was said: for validations.</summary>
    public FlowSettings Undisturbed() => this with { Unconditional = 0, ContentDropout = 0, SpeakerNoise = 0, OtherUtterance = 0, CrossSpeaker = 0 };

    public IEnumerable<(string Property, string Message)> Mistakes() =>
        new[] { ("unconditional", Unconditional), ("content_dropout", ContentDropout), ("speaker_noise", SpeakerNoise), ("other_utterance", OtherUtterance), ("cross_speaker", CrossSpeaker) }
            .Where(p => p.Item2 is not (>= 0 and <= 1))
            .Select(p => (p.Item1, $"{p.Item2}: from 0 to 1 is allowed."))
            .Concat(SpeakerNoiseScale >= 0 ? [] : [("speaker_noise_scale", $"{SpeakerNoiseScale}: 0 or more is allowed.")]);
}
