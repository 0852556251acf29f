namespace Tmrvc.Training.Tests;

public sealed class TrainingSettingsTests
{
    [Test]
    public void The_defaults_have_no_mistakes()
    {
        Assert.That(new TeacherPhaseSettings().Mistakes(), Is.Empty);
        Assert.That(new SpeakerEncoderSettings().Mistakes(), Is.Empty);
        Assert.That(new MelStatisticsSettings().Mistakes(), Is.Empty);
    }

    [Test]
    public void Every_mistake_is_listed_by_its_property()
    {
        var settings = new TeacherPhaseSettings
        {
            Preset = "huge", Steps = 0, BatchSize = -1, Frames = 10, Lr = 0, WarmUp = 5, EmaDecay = 1,
            Optimiser = new() { Beta1 = 1, ClipNorm = 0 },
            Flow = new() { Unconditional = 1.5, SpeakerNoiseScale = -1 },
            Runtime = new() { Threads = -1, Prefetch = 0 },
        };
        Assert.That(settings.Mistakes().Select(m => m.Property), Is.EquivalentTo(new[]
        {
            "preset", "steps", "batch_size", "min_frames", "lr", "warm_up", "ema_decay", "optimiser.beta1", "optimiser.clip_norm",
            "flow.unconditional", "flow.speaker_noise_scale", "runtime.threads", "runtime.prefetch",
        }));
    }

    [Test]
    public void Numbers_that_are_not_numbers_are_mistakes() =>
        Assert.That(new TeacherPhaseSettings { Lr = double.NaN, EmaDecay = double.NaN }.Mistakes().Count(), Is.EqualTo(2));
}
