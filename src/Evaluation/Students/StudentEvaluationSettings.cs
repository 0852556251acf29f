using Tmrvc.Configuration;

namespace Tmrvc.Evaluation;

/// <summary>What a student is evaluated on, beside the settings of its teacher's evaluation.</summary>
public sealed record StudentEvaluationSettings : IValidated
{
    /// <summary>Held-out utterances of each voice that are said in every other.</summary>
    public int Utterances { get; init; } = 2;

    /// <summary>Most voices that each is said in: all ordered pairs where there are no more.</summary>
    public int Targets { get; init; } = 24;

    /// <summary>Recordings of the training that a voice is enrolled by.</summary>
    public int Enrolment { get; init; } = 20;

    /// <summary>Frames that the converter is also heard to see ahead, as it was trained; what is exported sees none, or six.</summary>
    public IReadOnlyList<int> Lookahead { get; init; } = [2, 4];

    /// <summary>Streams that run side by side; 0 for as many as there are cores.</summary>
    [RuntimeOnly]
    public int Streams { get; init; }

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (name, number) in new[] { ("utterances", Utterances), ("targets", Targets), ("enrolment", Enrolment) })
            if (number < 1) yield return (name, $"{number}: 1 or more is allowed.");
        foreach (var frames in Lookahead.Where(frames => frames < 1))
            yield return ("lookahead", $"{frames}: 1 or more is allowed; none is always heard.");
        if (Streams < 0) yield return ("streams", $"{Streams}: 0 or more is allowed.");
    }

    /// <summary>The teacher's evaluation over the student's utterances and pairs.</summary>
    internal TeacherEvaluationSettings Over(TeacherEvaluationSettings evaluation) =>
        evaluation with { UtterancesPerSpeaker = Utterances, Targets = Targets };
}
