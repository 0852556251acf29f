using Tmrvc.Audio;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Draws what happens to each utterance: a pure function of (seed, step, utterance).</summary>
/// <remarks>
/// A room is drawn by corpus, then room, then response, each with equal chances: a corpus of many responses does not crowd out
/// another, nor a room. Only rooms of one split are drawn.
/// </remarks>
public sealed class AugmentationDraws
{
    private static readonly (double Least, double Most) LowShelfHertz = (100, 500);
    private static readonly (double Least, double Most) HighShelfHertz = (2000, 6000);
    private static readonly NoiseKind[] Noises = Enum.GetValues<NoiseKind>();

    private readonly AugmentationSettings _settings;
    private readonly KeyedRandom _random;
    private readonly int[][][] _responses;

    /// <param name="rooms">That of the training, or one that validates it.</param>
    /// <exception cref="ArgumentException">Rooms are asked for and there is none in the split.</exception>
    public AugmentationDraws(AugmentationSettings settings, ImpulseResponseShards responses, long seed, Split rooms = Split.Train)
    {
        _settings = settings;
        _random = KeyedRandom.Seed(seed).For(RandomDomain.Augmentation);
        _responses = [.. responses.Of(rooms).GroupBy(i => responses.Responses[i].Corpus)
            .Select(corpus => corpus.GroupBy(i => responses.Responses[i].Room).Select(room => room.ToArray()).ToArray())];
        if (_responses.Length == 0 && settings.RoomProbability > 0)
            throw new ArgumentException(
                $"Augmentation: room_probability is above 0, and no impulse response is in the {rooms.ToString().ToLowerInvariant()} split; add rooms, or raise its share.",
                nameof(responses));
    }

    /// <param name="step">0 or more.</param>
    /// <param name="utterance">Its id.</param>
    /// <param name="time">How often the batch of the step had it before.</param>
    public AugmentationDraw Of(long step, string utterance, int time = 0)
    {
        var random = _random.At(step).At(utterance).At(time);
        return new AugmentationDraw(
            Happens(random.At(0), _settings.PitchProbability) ? random.At(1).Between(-_settings.PitchSemitones, _settings.PitchSemitones) : 0,
            Happens(random.At(2), _settings.RoomProbability) ? Response(random.At(3)) : null,
            Happens(random.At(4), _settings.ShelfProbability) ? Shelf(random.At(5)) : null,
            Happens(random.At(6), _settings.NoiseProbability) ? Noise(random.At(7)) : null);
    }

    private static bool Happens(KeyedRandom random, double probability) => random.Between(0, 1) < probability;

    private int Response(KeyedRandom random)
    {
        var corpus = Pick(_responses, random.At(0));
        return Pick(Pick(corpus, random.At(1)), random.At(2));
    }

    private ShelfDraw Shelf(KeyedRandom random)
    {
        var kind = random.At(0).Below(2) == 0 ? ShelfKind.Low : ShelfKind.High;
        var (least, most) = kind == ShelfKind.Low ? LowShelfHertz : HighShelfHertz;
        return new ShelfDraw(
            kind, random.At(1).BetweenByRatio(least, most), random.At(2).Between(-_settings.ShelfDecibels, _settings.ShelfDecibels));
    }

    private NoiseDraw Noise(KeyedRandom random) => new(
        Pick(Noises, random.At(0)), random.At(1).Between(_settings.LeastSnr, _settings.MostSnr), random.At(2).Below(NoiseBank.Length));

    private static T Pick<T>(T[] choices, KeyedRandom random) => choices[random.Below(choices.Length)];
}
