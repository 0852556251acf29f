using Tmrvc.Models;

namespace Tmrvc.Models.Tests;

public sealed class TeacherArchitectureTests
{
    [Test]
    public void All_mistakes_are_listed_before_anything_is_built()
    {
        var wrong = SmallTeacher.Architecture(ConditionPath.Bottleneck) with { Channels = [8, 9, 48], Hidden = 20, TimeScale = 0 };
        Assert.That(() => new Teacher(wrong), Throws.ArgumentException
            .With.Message.Contains("3 levels, 4 are allowed")
            .And.Message.Contains("Width 9: a positive multiple of the 2 heads")
            .And.Message.Contains("Width 48: a multiple or a divisor of the 32")
            .And.Message.Contains("Width 20: a multiple or a divisor of the 32")
            .And.Message.Contains("time_scale: 0"));
    }

    [Test]
    public void The_presets_have_no_mistakes([Values("upstream", "base", "tiny")] string preset) =>
        Assert.That(TeacherArchitecture.Preset(preset, new TeacherDimensions(80, 126, 192, 24, 8)).Mistakes(), Is.Empty);

    [Test]
    public void An_unknown_preset_is_refused_with_those_there_are() =>
        Assert.That(() => TeacherArchitecture.Preset("huge", SmallTeacher.Dimensions), Throws.ArgumentException.With.Message.Contains("upstream, base and tiny"));
}
