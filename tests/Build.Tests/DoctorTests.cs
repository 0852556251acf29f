using Tmrvc.Azurite;
using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

public sealed class DoctorTests
{
    [Test]
    public async Task Everything_that_a_run_needs_is_named_and_a_cache_is_asked()
    {
        var server = await AzuriteServer.Shared;
        var container = await server.CreateContainerAsync();
        using var checkout = new SmallCheckout();
        var run = checkout.Run("--target=Doctor", "--device=cpu", $"--cache={container.Uri.GetLeftPart(UriPartial.Path)}?{server.WriteSas(container.Name)}");
        Assert.That(run.Code, Is.EqualTo(ExitCode.Done), run.Everything);
        Assert.That(run.Everything, Does.Match(@"ok  device +cpu: .* threads, .* GiB free, libtorch .*; a step of the tiny teacher on 2 × 160 frames takes [0-9]+ ms"));
        Assert.That(run.Everything, Does.Match(@"ok  sndfile +libsndfile\.so\.1\.").And.Match(@"ok  disk +[0-9]+ of [0-9]+ GiB free").And.Match(@"ok  cache +\S+ answers; results will be pushed"));
        Assert.That(run.Everything, Does.Match("ok  git +git version").And.Match("(ok|--)  slurm|-- +slurm").And.Match(@"ok  memory +[0-9]+ GiB").And.Match("ok  artifacts +.* can be written to"));
        Assert.That(Directory.Exists(Path.Combine(checkout.Root, "artifacts")), Is.False, "Doctor changes nothing");
    }

    [Test]
    public async Task A_cache_that_is_not_there_fails_the_target_and_names_itself()
    {
        var server = await AzuriteServer.Shared;
        var container = await server.CreateContainerAsync();
        await container.DeleteAsync();
        using var checkout = new SmallCheckout();
        var run = checkout.Run("--target=Doctor", "--device=cpu", $"--cache={container.Uri.GetLeftPart(UriPartial.Path)}?{server.WriteSas(container.Name)}");
        Assert.That(run.Code, Is.EqualTo(ExitCode.Failed), run.Everything);
        Assert.That(run.Everything, Does.Match($@"BAD cache .*{container.Name}.* → docs/cache\.md").And.Contain("1 problem, to be mended").And.Not.Contain("   at "));
    }
}
