using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests;

/// <summary>The process itself: exit codes, and that nothing unexpected reaches the user.</summary>
public sealed class FrontDoorTests
{
    [Test]
    public void The_device_of_jobs_that_may_ask_for_GPUs_is_not_left_to_the_front_end()
    {
        using var checkout = new SmallCheckout();

        var refused = checkout.Run("--executor=slurm", "--dryrun");
        var chosen = checkout.Run("--executor=slurm", "--dryrun", "--device=cuda");

        Assert.That((refused.Code, chosen.Code), Is.EqualTo((ExitCode.Usage, ExitCode.Done)), refused.Everything);
        Assert.That(refused.Errors.Single(), Does.StartWith("--device: found auto").And.Contain("write --device=cuda for jobs with gpu:1"));
    }

    [Test]
    public void Every_mistake_of_a_request_is_told_at_once_with_exit_code_2()
    {
        var (code, output, errors) = Run("--target=Phas0", "--set", "phases.0.lrr=1", "--set", "phases.0.preset=huge");

        Assert.That(code, Is.EqualTo(ExitCode.Usage));
        Assert.That(output, Is.Empty);
        Assert.That(errors.Select(line => line.Split(": ")[0]), Is.EqualTo(new[]
        {
            "--target=Phas0", "--set phases.0.lrr=1", "--set phases.0.preset=huge",
        }));
    }

    [Test]
    public void Stale_stages_are_told_by_exit_code_3()
    {
        Assert.That(Run("--check", "--set", "mel_statistics.clamp=-9.87").Code, Is.EqualTo(ExitCode.Stale));
    }

    [Test]
    public void Help_and_tree_end_well()
    {
        Assert.That(Run("--help").Output, Has.Some.StartsWith("  --profile=NAME"));
        Assert.That(Run("--tree").Output[0], Is.EqualTo("Default"));
    }

    [TestCase("PreprocessFolder", "smoke", "add folder to datasets (found: prompts), or choose another --profile")]
    [TestCase("GateReflow", "smoke", "add reflow to teacher_phases (found: 0, 1a, 1b, 2), or choose another --profile")]
    [TestCase("Package", "hour", "it has no student (student.phase: none); choose a or b, or another --profile")]
    public void A_profile_without_the_stage_that_is_asked_for_is_refused(string target, string profile, string advice)
    {
        Assert.That(Run($"--target={target}", $"--profile={profile}").Errors, Is.EqualTo(new[] { $"--target={target}: not part of profile {profile}; {advice}" }));
    }

    [Test]
    public void A_stage_that_the_target_does_not_need_is_not_forced()
    {
        var run = Run("--target=Features", "--force=Phase0", "--dryrun");

        Assert.That((run.Code, run.Errors.Single()), Is.EqualTo((ExitCode.Usage, "--force=Phase0: --target=Features does not need it; add --target=Phase0, or leave --force out")));
    }

    [Test]
    public void A_plan_for_a_device_that_is_not_here_says_so()
    {
        using var checkout = new SmallCheckout();

        var run = FrontDoorRun.Of(checkout.Root, new Dictionary<string, string> { ["CUDA_VISIBLE_DEVICES"] = "" }, "--device=cuda", "--dryrun");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Done), run.Everything);
        Assert.That(run.Errors, Has.One.Match("^device cuda: no CUDA device was found here, and .* more take one; install a driver"));
    }

    private static FrontDoorRun Run(params string[] words) => FrontDoorRun.Of(Repository.Root, words);
}
