using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>What a stage reads that brings speech into rooms.</summary>
/// <param name="preprocessing">Whose segments the features were extracted from.</param>
/// <param name="rooms">Those that leave impulse responses.</param>
internal sealed class RoomInputs(IEnumerable<StageId> preprocessing, IEnumerable<StageId> rooms)
{
    private readonly IReadOnlyList<StageInput.Output> _segments =
        [.. preprocessing.Select(stage => new StageInput.Output($"segments_{stage}", stage, PreprocessStage.Segments))];
    private readonly IReadOnlyList<StageInput.Output> _responses =
        [.. rooms.Select(stage => new StageInput.Output($"responses_{stage}", stage, ImpulseResponsesStage.Responses))];

    public IEnumerable<StageInput> All => [.. _segments, .. _responses, .. AudioTools.Of(AudioLibrary.SoundFile, AudioLibrary.Fourier)];

    public SpeechInRooms Open(StageRun run, FeatureShards shards, Constants constants, AugmentationSettings settings, long seed) => new(
        shards, _segments.Select(folder => run.Input(folder.Name)), [.. _responses.Select(folder => run.Input(folder.Name))], constants, settings, seed);
}

/// <summary>Speech, and the rooms that it is brought into.</summary>
internal sealed class SpeechInRooms(
    FeatureShards shards, IEnumerable<string> segments, string[] responses, Constants constants, AugmentationSettings settings, long seed) : IDisposable
{
    private readonly ImpulseResponseShards _responses = ImpulseResponseShards.Open(responses);
    private readonly SegmentAudio _audio = new(shards, segments, constants.HopLength);

    /// <summary>Brings speech into the rooms of a split.</summary>
    /// <exception cref="ArgumentException">There is no room or no speech to train with.</exception>
    public BatchAugmenter Of(Split rooms) => new(settings, shards, _audio, _responses, SignalParameters.From(constants), Subbands.From(constants), seed, rooms);

    public void Dispose() => _responses.Dispose();
}
