using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

public sealed class ConstantsInUseTests
{
    [Test]
    public void Constants_that_pitch_or_teacher_cannot_work_by_are_refused()
    {
        var smoke = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), []);

        var told = (smoke with { Constants = smoke.Constants with { SampleRate = 44100, TeacherNHeads = 7 } }).Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}");

        Assert.That(told, Is.EqualTo(new[]
        {
            "features.pitch.min_hertz: found 55, whose period is 802 samples at constants.sample_rate 44100; fewer than 640 are allowed, two thirds of constants.window_length (960)",
            "constants.teacher_n_heads: found 7; teacher preset tiny: Width 96: a positive multiple of the 7 heads is allowed.",
        }));
    }
}
