using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Streaming.Tests;

/// <summary>A LoRA delta that is trained on the recordings of a voice, with a narrow student.</summary>
public sealed class FewShotTests
{
    private readonly Workbench _bench = new();

    private string Student => _bench["student"];

    [OneTimeSetUp]
    public void SaveWeights()
    {
        using var student = StudentFiles.Drawn(StudentFiles.Narrow);
        student.Save(Student, new Dictionary<string, string> { [MelStatistics.MetadataKey] = StudentFiles.Statistics.ToJson() });
    }

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [Test]
    public void What_is_learnt_of_a_voice_serves_what_was_held_out_and_the_profile_converts()
    {
        var profile = _bench.Voice(MiniCorpus.LongEnglish);
        var told = new List<FewShotProgress>();
        var outcome = Learn(new FewShotSettings(), profile, new Told(told));
        Assert.That(outcome.After, Is.LessThan(0.97 * outcome.Before), "mean |Δ| of mel on speech that was not learnt from; all else was drawn and stays so");
        Assert.That(told.Select(progress => progress.Step), Is.EqualTo(Enumerable.Range(1, 10).Select(n => 20 * n)));
        Assert.That(RoomRows(outcome.LoraDelta), Is.All.Zero);
        Assert.That(Learn(new FewShotSettings(), profile).LoraDelta, Is.EqualTo(outcome.LoraDelta), "drawn from the seed");

        var path = _bench["few.tmrvc_speaker"];
        SpeakerProfileFile.From(Workbench.Constants).Save(path, profile with { LoraDelta = outcome.LoraDelta });
        Assert.That(Said(SpeakerProfileFile.From(Workbench.Constants).Read(path)), Is.All.Matches<float>(float.IsFinite).And.Not.EqualTo(Said(profile)));
    }

    [Test]
    public void A_delta_of_zeros_can_be_learnt_from()
    {
        var profile = _bench.Voice();
        var outcome = Learn(new FewShotSettings { Steps = 40 }, profile with { LoraDelta = new float[profile.LoraDelta.Length] });
        Assert.That(outcome.After, Is.LessThan(outcome.Before));
    }

    [Test]
    public void Too_little_speech_is_refused()
    {
        using var few = new FewShot(Student, Workbench.Constants, new FewShotSettings());
        var profile = _bench.Voice();
        Assert.That(() => few.Learn([new AudioBuffer(new float[700], 24000)], profile.Embedding, profile.LoraDelta), Throws.TypeOf<InvalidDataException>().With.Message.Contains("too little speech"));
    }

    [Test]
    public void A_loss_that_is_no_number_is_no_success()
    {
        using var few = new FewShot(Student, Workbench.Constants, new FewShotSettings { Steps = 2, Lr = 1e30 });
        var profile = _bench.Voice();
        Assert.That(() => few.Learn([new AudioBuffer(Workbench.Speech(2), 24000)], profile.Embedding, profile.LoraDelta),
            Throws.TypeOf<InvalidDataException>().With.Message.StartsWith("Few-shot: the mel error is NaN"));
    }

    [Test]
    public void Where_nothing_is_better_the_delta_stays_as_it_was_and_is_said_not_to_be_better()
    {
        var profile = _bench.Voice();
        var outcome = Learn(new FewShotSettings { Steps = 1, Lr = 100 }, profile);
        Assert.That((outcome.IsBetter, outcome.After), Is.EqualTo((false, outcome.Before)));
    }

    [Test]
    public void It_can_be_cancelled()
    {
        using var few = new FewShot(Student, Workbench.Constants, new FewShotSettings());
        var profile = _bench.Voice();
        Assert.That(() => few.Learn([new AudioBuffer(Workbench.Speech(2), 24000)], profile.Embedding, profile.LoraDelta, cancellation: new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private FewShotOutcome Learn(FewShotSettings settings, SpeakerProfile profile, IProgress<FewShotProgress>? progress = null)
    {
        using var few = new FewShot(Student, Workbench.Constants, settings);
        var spoken = SpokenPieces.Of(MiniCorpus.LongEnglish, 15, Workbench.Constants).Select(piece => piece.Audio);
        return few.Learn(spoken, profile.Embedding, profile.LoraDelta, progress);
    }

    /// <summary>Of each layer's A.</summary>
    private static IEnumerable<float> RoomRows(float[] delta)
    {
        var (lora, narrow) = (StudentFiles.Narrow.Lora, StudentFiles.Narrow);
        var each = lora.LayerLength(narrow.Speaker + narrow.IrParameters, narrow.ConverterChannels);
        return Enumerable.Range(0, lora.Layers).SelectMany(layer => delta.Skip(layer * each + narrow.Speaker * lora.Rank).Take(narrow.IrParameters * lora.Rank));
    }

    private float[] Said(SpeakerProfile profile)
    {
        using var converter = new StreamingConverter(_bench.Models, new ConversionOptions(), Workbench.Constants, profile, from: null);
        var hop = new float[converter.HopLength];
        return [.. Workbench.Speech(0.5).Chunk(hop.Length).SelectMany(chunk =>
        {
            converter.Push(chunk, hop);
            return hop.ToArray();
        })];
    }

    private sealed class Told(List<FewShotProgress> list) : IProgress<FewShotProgress>
    {
        public void Report(FewShotProgress value) => list.Add(value);
    }
}
