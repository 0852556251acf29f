using Tmrvc.Audio;

namespace Tmrvc.Evaluation.Tests;

/// <summary>Voices on a compass: every speaker is a direction, in which a recording's number stands for its sound.</summary>
public sealed class ReferenceVoicesTests
{
    private const int Odd = 12;

    private static readonly (int Speaker, IReadOnlyList<int> Utterances)[] Recordings = [(0, [1, 2, 3]), (1, [11, Odd]), (2, [21])];

    private static ReferenceVoices Voices => new(new Compass(), Recordings, Spoken);

    [Test]
    public void Speech_is_compared_with_other_recordings_of_the_voice_asked_for()
    {
        Assert.That(Voices.Of(Spoken(Odd), madeFrom: Odd).To(1), Is.Zero.Within(1e-6), "its own recording would count as 1");
        Assert.That(Voices.Of(Spoken(Odd), madeFrom: -1).To(1), Is.EqualTo(0.5).Within(1e-6), "one of the two is itself");
        Assert.That(Voices.Of(Spoken(21), madeFrom: 21).To(2), Is.Null, "there is no other");
    }

    [Test]
    public void Ceiling_and_floor_are_of_pairs_of_recordings()
    {
        Assert.That(Voices.Ceiling().Order(), Is.EqualTo(new[] { 0.0, 1, 1, 1 }).Within(1e-6), "the odd one is at a right angle to its speaker");
        Assert.That(Voices.Floor(), Has.Count.EqualTo(3 * 2 + 3 * 1 + 2 * 1));
        Assert.That(Voices.Floor(), Has.All.LessThan(0.999));
    }

    [Test]
    public void A_recording_is_recognised_when_its_speaker_is_nearest_and_a_single_one_says_nothing() =>
        Assert.That(Voices.Recognised(), Is.EqualTo(new bool?[] { true, true, true, false, false, null }));

    [Test]
    public void The_nearest_voice_is_the_one_above_all_others()
    {
        var likeness = new Likeness(new Dictionary<int, double> { [0] = 0.4, [1] = 0.7, [2] = 0.7 });
        Assert.That((likeness.IsNearestTo(0), likeness.IsNearestTo(1), likeness.IsNearestTo(3)), Is.EqualTo(((bool?)false, (bool?)false, (bool?)null)));
        Assert.That(new Likeness(new Dictionary<int, double> { [0] = 0.4 }).IsNearestTo(0), Is.Null, "there is no other");
    }

    private static AudioBuffer Spoken(int utterance) => new([utterance], 24000);

    private sealed class Compass : ISpeakerEmbedder
    {
        public string Name => "compass";

        public float[] Embed(AudioBuffer speech)
        {
            var utterance = (int)speech.Samples[0];
            var angle = 0.7f * (utterance / 10) + (utterance == Odd ? MathF.PI / 2 : 0);
            return [MathF.Cos(angle), MathF.Sin(angle)];
        }
    }
}
