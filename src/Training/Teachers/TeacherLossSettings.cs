using Tmrvc.Configuration;

namespace Tmrvc.Training;

/// <summary>Weights of a teacher phase's losses beside the flow's, which has weight 1; 0 leaves a loss out.</summary>
public sealed record TeacherLossSettings : IValidated
{
    /// <summary>Of the multi-resolution spectral loss between waveforms.</summary>
    public double Stft { get; init; }

    /// <summary>Of the distance between speaker embeddings.</summary>
    public double Speaker { get; init; }

    /// <summary>Of the squared error of the rooms that are heard; only where speech is augmented.</summary>
    public double Ir { get; init; }

    /// <summary>How much x̂0 counts by its time in the losses on waveforms and voices.</summary>
    public TimeWeighting ByTime { get; init; } = TimeWeighting.Falling;

    public IEnumerable<(string Property, string Message)> Mistakes() =>
        new[] { ("stft", Stft), ("speaker", Speaker), ("ir", Ir) }.Where(weight => !(weight.Item2 >= 0))
            .Select(weight => (weight.Item1, $"{weight.Item2}: 0 or more is allowed."));
}
