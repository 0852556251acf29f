using Tmrvc.Build.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.Build.Tests;

public sealed class SmokeProfileTests
{
    [Test]
    public void Its_gate_after_phase_2_asks_for_what_an_estimator_with_a_constant_answer_has_not()
    {
        var smoke = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), []);
        Assert.That(smoke.Gates["2"].Rt60Correlation, Is.GreaterThanOrEqualTo(0.2));
    }
}
