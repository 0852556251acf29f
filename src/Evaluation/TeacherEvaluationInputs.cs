using Tmrvc.BuildGraph;

namespace Tmrvc.Evaluation;

/// <summary>What an evaluation reads from other stages.</summary>
/// <param name="Teacher">The phase's averaged weights.</param>
/// <param name="Statistics">Mel statistics.</param>
/// <param name="Embeddings">Speaker embeddings.</param>
/// <param name="Features">One folder of shards per corpus.</param>
public sealed record TeacherEvaluationInputs(
    StageInput.Output Teacher, StageInput.Output Statistics, StageInput.Output Embeddings, IReadOnlyList<StageInput.Output> Features)
{
    /// <summary>The teacher's vocoder; null for Griffin-Lim.</summary>
    public StageInput.Output? Vocoder { get; init; }

    /// <summary>The speaker encoder that tells voices apart; null where SECS is not computed.</summary>
    public StageInput.Output? Judge { get; init; }

    /// <summary>The folder of models that words are understood by; null where none are.</summary>
    public StageInput.Output? Words { get; init; }

    /// <summary>Networks of others, under their names.</summary>
    public IReadOnlyList<StageInput> Networks { get; init; } = [];

    /// <summary>The segments that the features were extracted from, one folder per corpus; recordings are heard where voices are told apart.</summary>
    public IReadOnlyList<StageInput.Output> Segments { get; init; } = [];

    /// <summary>The estimator of rooms that was trained with the teacher; null where none was.</summary>
    public StageInput.Output? RoomEstimator { get; init; }

    /// <summary>Impulse responses; read where there is an estimator.</summary>
    public IReadOnlyList<StageInput.Output> Rooms { get; init; } = [];

    internal IEnumerable<StageInput> All(bool comparesVoices) =>
    [
        Teacher, Statistics, Embeddings, .. Features,
        .. new[] { Vocoder, Judge, Words, RoomEstimator }.OfType<StageInput.Output>(),
        .. comparesVoices || RoomEstimator is not null ? Segments : [],
        .. RoomEstimator is null ? [] : Rooms,
        .. Networks,
    ];
}
