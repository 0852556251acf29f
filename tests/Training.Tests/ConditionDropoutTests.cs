using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class ConditionDropoutTests
{
    private const int Size = 4000;

    [Test]
    public void No_probability_changes_nothing()
    {
        var applied = Apply(new FlowSettings { Unconditional = 0 });
        Assert.That(Share(applied.Content.eq(Given().Content)), Is.EqualTo(1));
        Assert.That(Share(applied.Speaker.eq(Given().Speaker)), Is.EqualTo(1));
    }

    [Test]
    public void Unconditional_takes_content_pitch_and_speaker_from_the_same_utterances()
    {
        var applied = Apply(new FlowSettings { Unconditional = 0.2 });
        var without = applied.Content.eq(0).view(Size);
        Assert.That(Share(Told(new FlowSettings { Unconditional = 0.2 }).eq(0).eq(without)), Is.EqualTo(1), "and says of which");
        Assert.That(Share(without), Is.EqualTo(0.2).Within(0.03));
        Assert.That(Share(applied.LogF0.eq(0).view(Size).eq(without)), Is.EqualTo(1));
        Assert.That(Share(applied.Voiced.eq(0).view(Size).eq(without)), Is.EqualTo(1));
        Assert.That(Share(applied.Speaker.abs().sum(1).eq(0).eq(without)), Is.EqualTo(1));
    }

    [Test]
    public void Content_dropout_leaves_the_speaker()
    {
        var applied = Apply(new FlowSettings { Unconditional = 0, ContentDropout = 0.1 });
        Assert.That(Share(applied.Content.eq(0)), Is.EqualTo(0.1).Within(0.02));
        Assert.That(Share(applied.Speaker.eq(Given().Speaker)), Is.EqualTo(1));
    }

    [Test]
    public void Speaker_noise_turns_some_embeddings_and_keeps_their_length()
    {
        var applied = Apply(new FlowSettings { Unconditional = 0, SpeakerNoise = 0.3, SpeakerNoiseScale = 0.5 });
        var cosine = (applied.Speaker * Given().Speaker).sum(1);
        Assert.That(Share(cosine.lt(0.9999)), Is.EqualTo(0.3).Within(0.05));
        Assert.That((applied.Speaker.square().sum(1) - 1).abs().max().item<float>(), Is.LessThan(1e-5));
    }

    private static TeacherConditions Given()
    {
        var speaker = zeros(Size, 192);
        speaker.select(1, 0).fill_(1);
        return new TeacherConditions(ones(Size, 1, 1), ones(Size, 1, 1), ones(Size, 1, 1), speaker, zeros(Size, 24), Mask: null);
    }

    private static TeacherConditions Apply(FlowSettings settings)
    {
        using var random = new StepRandom(1, 2, 3, CPU);
        return new ConditionDropout(settings).Apply(Given(), random).Conditions;
    }

    private static Tensor Told(FlowSettings settings)
    {
        using var random = new StepRandom(1, 2, 3, CPU);
        return new ConditionDropout(settings).Apply(Given(), random).Told;
    }

    private static double Share(Tensor flags) => flags.to(ScalarType.Float32).mean().ToDouble();
}
