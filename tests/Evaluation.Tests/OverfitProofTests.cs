using Tmrvc.Training;

namespace Tmrvc.Evaluation.Tests;

/// <summary>
/// A teacher that can learn at all learns eight utterances by heart, and each of its conditions then carries what it is there for. Speech is
/// sampled in 10 Euler steps, finer near the noise.
/// </summary>
[Category("EndToEnd")]
public sealed class OverfitProofTests
{
    private const double MostMelL1 = 0.6; // nat; a speaker's mean mel is 2.7 away
    private const double LeastShareOfCeiling = 0.8;
    private const double LeastMove = 0.3; // of SECS, towards the other speaker
    private const double MostOfMeanMel = 0.3; // of the mel L1 of a speaker's mean mel, which any teacher knows

    /// <summary>Times the mel L1.</summary>
    private static readonly Dictionary<string, double> LeastHarm = new() { ["content"] = 2, ["speaker"] = 1.25, ["f0"] = 1.1 };

    private static readonly TeacherPhaseSettings Settings = new()
    {
        Preset = "tiny", Steps = 400, BatchSize = 8, Frames = 96, MinFrames = 40, Lr = 4e-3, WarmUp = 60, EmaDecay = 0.95,
        Optimiser = new() { Beta2 = 0.95, WeightDecay = 0 }, Flow = new() { Unconditional = 0, Times = FlowTimes.LogitNormal }, ValidationInterval = 1000, ValidationBatches = 1,
    };

    private OverfittedTeacher _made = null!;

    [OneTimeSetUp]
    public async Task Learn() => _made = await OverfittedTeacher.TrainAsync(Settings);

    [OneTimeTearDown]
    public void Clean() => _made.Dispose();

    [Test]
    public void Eight_utterances_of_two_speakers_are_learnt_by_heart()
    {
        var baseline = _made.Learnt.Average(utterance => MelFigures.MeanAbsolute(Recorded(utterance), MeanMel(utterance)));
        var (distance, similarity) = (MelL1(conditions => conditions), _made.Learnt.Average(utterance => Similarity(utterance, Own(utterance), Speaker(utterance))));
        TestContext.Out.WriteLine($"mel L1 {distance:0.000} of {baseline:0.000}, SECS {similarity:0.000}, ceiling {_made.Voices.Ceiling().Average():0.000}, floor {_made.Voices.Floor().Average():0.000}");
        Assert.That(_made.Learnt, Has.Count.EqualTo(8));
        Assert.That(distance, Is.LessThan(MostMelL1).And.LessThan(MostOfMeanMel * baseline));
        Assert.That(similarity, Is.GreaterThan(LeastShareOfCeiling * _made.Voices.Ceiling().Average()));
    }

    [Test]
    public void A_conversion_moves_towards_the_other_speaker()
    {
        var moves = _made.Learnt.Select(utterance =>
        {
            var other = 1 - Speaker(utterance);
            return Similarity(utterance, _made.Conversion.To(utterance, other), other) - Similarity(utterance, Own(utterance), other);
        }).ToList();
        TestContext.Out.WriteLine($"SECS to the other speaker rises by {moves.Average():0.000}, at least by {moves.Min():0.000}");
        Assert.That(moves.Average(), Is.GreaterThan(LeastMove));
    }

    [Test]
    public void Without_its_content_its_speaker_or_its_F0_the_speech_is_another([Values("content", "speaker", "f0")] string taken)
    {
        var harmed = MelL1(conditions => taken switch
        {
            "content" => conditions with { Content = Shuffled(conditions.Content, conditions.Frames) },
            "f0" => conditions with { F0 = new float[conditions.Frames] },
            _ => conditions,
        }, taken == "speaker");
        var (whole, harm) = (MelL1(conditions => conditions), harmed / MelL1(conditions => conditions));
        TestContext.Out.WriteLine($"mel L1 {whole:0.000} becomes {harmed:0.000}, {harm:0.00} times");
        Assert.That(harm, Is.GreaterThan(LeastHarm[taken]));
    }

    private double MelL1(Func<UtteranceConditions, UtteranceConditions> change, bool otherSpeaker = false) => _made.Learnt.Average(utterance =>
    {
        var own = Own(utterance);
        var asked = otherSpeaker ? own with { Speaker = _made.Conversion.To(utterance, 1 - Speaker(utterance)).Speaker } : change(own);
        return MelFigures.MeanAbsolute(Recorded(utterance), Generated(utterance, asked));
    });

    private float[] Recorded(int utterance) => _made.Generator.Clamped(_made.Conversion.LogMel(utterance));

    /// <summary>What somebody would say who knew the speaker and nothing of the words: the mean of each band over the speaker's utterances.</summary>
    private float[] MeanMel(int utterance)
    {
        const int bands = 80;
        var others = _made.Learnt.Where(other => Speaker(other) == Speaker(utterance)).Select(Recorded).ToList();
        var frames = Recorded(utterance).Length / bands;
        return [.. Enumerable.Range(0, bands).SelectMany(band => Enumerable.Repeat(
            others.SelectMany(mel => mel.Skip(band * mel.Length / bands).Take(mel.Length / bands)).Average(), frames))];
    }

    private double Similarity(int utterance, UtteranceConditions conditions, int speaker) =>
        _made.Voices.Of(_made.Vocoder.Speak(Generated(utterance, conditions)), utterance).To(speaker)!.Value;

    private float[] Generated(int utterance, UtteranceConditions conditions) => _made.Generator.Generate(conditions, (ulong)utterance);

    private UtteranceConditions Own(int utterance) => _made.Conversion.Same(utterance);

    private int Speaker(int utterance) => _made.Shards.SpeakerOf(utterance);

    /// <summary>The same frames in another order. [D, T]</summary>
    private static float[] Shuffled(float[] content, int frames)
    {
        var order = Enumerable.Range(0, frames).ToArray();
        new Random(1).Shuffle(order);
        return [.. Enumerable.Range(0, content.Length / frames).SelectMany(row => order.Select(frame => content[row * frames + frame]))];
    }
}
