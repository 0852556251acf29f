using Cake.Core.Diagnostics;
using Tmrvc.Build.CommandLine;
using Tmrvc.Corpora;

namespace Tmrvc.Build.Tests;

public sealed class RequestParserTests
{
    [Test]
    public void No_words_ask_for_the_default_target_of_the_smoke_profile()
    {
        var request = RequestParser.Parse([]);

        Assert.That((request.Targets, request.Profile, request.Show), Is.EqualTo((Request.Default.Targets, "smoke", Show.Nothing)));
        Assert.That(request.Targets, Is.EqualTo(new[] { "Default" }));
    }

    [Test]
    public void Values_may_follow_an_equals_sign_or_stand_alone()
    {
        var request = RequestParser.Parse(["--target=Phase0", "-t", "Test", "--set", "phases.0.lr=4e-5", "--set=a=b", "--jobs", "3", "--device=cpu"]);

        Assert.That(request.Targets, Is.EqualTo(new[] { "Phase0", "Test" }));
        Assert.That(request.Overrides, Is.EqualTo(new[] { "phases.0.lr=4e-5", "a=b" }));
        Assert.That((request.Jobs, request.Device), Is.EqualTo(((int?)3, "cpu")));
    }

    [Test]
    public void A_set_makes_a_trial_that_does_not_rewrite_the_lock_files()
    {
        Assert.That((RequestParser.Parse(["--set=a=b"]).IsTrial, RequestParser.Parse(["--profile=full"]).IsTrial), Is.EqualTo((true, false)));
    }

    [Test]
    public void Steps_are_a_list_and_make_a_trial_and_workers_make_none()
    {
        var request = RequestParser.Parse(["--steps=resample,vad_trim,features", "--workers", "8"]);

        Assert.That(request.Steps, Is.EqualTo(new[] { PreprocessStep.Resample, PreprocessStep.VadTrim, PreprocessStep.Features }));
        Assert.That((request.Workers, request.IsTrial), Is.EqualTo(((int?)8, true)));
        Assert.That(RequestParser.Parse(["--workers=8"]).IsTrial, Is.False);
    }

    [Test]
    public void Force_takes_stages_or_everything()
    {
        Assert.That(RequestParser.Parse(["--force", "--check"]).Forced.All, Is.True);
        Assert.That(RequestParser.Parse(["--force=Phase0", "--force", "Report"]).Forced.Names, Is.EqualTo(new[] { "Phase0", "Report" }));
    }

    [TestCase("--dryrun", "--explain")]
    [TestCase("--explain", "--dryrun")]
    public void An_explained_plan_wins_over_a_plain_one(params string[] words)
    {
        Assert.That(RequestParser.Parse(words).Show, Is.EqualTo(Show.ExplainedPlan));
    }

    [Test]
    public void Verbosity_is_read_in_any_case()
    {
        Assert.That(RequestParser.Parse(["--verbosity=Diagnostic"]).Verbosity, Is.EqualTo(Verbosity.Diagnostic));
    }

    [TestCase("--dryrn", "--dryrn: unknown option; did you mean 'dryrun'? Known: ")]
    [TestCase("Test", "Test: only options are allowed; a target is chosen by --target=Test")]
    [TestCase("--target", "--target: needs a value, --target=NAME")]
    [TestCase("--target=", "--target: needs a value, --target=NAME")]
    [TestCase("--check=yes", "--check=yes: takes no value")]
    [TestCase("--jobs=0", "--jobs=0: a whole number from 1 is allowed")]
    [TestCase("--jobs=many", "--jobs=many: a whole number from 1 is allowed")]
    [TestCase("--steps=resample,trim", "--steps=resample,trim: some of resample,normalize,vad_trim,segment,features, each once, are allowed")]
    [TestCase("--steps=segment,segment", "--steps=segment,segment: some of ")]
    [TestCase("--device=tpu", "--device=tpu: auto, cpu or cuda is allowed")]
    [TestCase("--verbosity=loud", "--verbosity=loud: quiet, minimal, normal, verbose or diagnostic is allowed")]
    [TestCase("--json", "--json: only together with --dryrun, --explain or --check")]
    [TestCase("--cache-mode=write", "--cache-mode=write: read or readwrite is allowed")]
    [TestCase("--grace=soon", "--grace=soon: a number of days from 0 is allowed")]
    [TestCase("--delay=-1", "--delay=-1: a number of days from 0 is allowed")]
    [TestCase("--cache", "--cache: needs a value, --cache=WHERE")]
    [TestCase("--max-cost=much", "--max-cost=much: a number from 0 is allowed")]
    [TestCase("--max-hours=-1", "--max-hours=-1: a number from 0 is allowed")]
    [TestCase("--nproc=0", "--nproc=0: a whole number from 1 is allowed")]
    public void A_mistake_is_told_with_what_is_allowed(string word, string expected)
    {
        var fault = Assert.Throws<UsageException>(() => RequestParser.Parse([word]));

        Assert.That(fault!.Mistakes, Has.Count.EqualTo(1).And.One.StartsWith(expected));
    }

    [Test]
    public void The_first_cache_is_to_be_written_and_the_order_is_kept()
    {
        var request = RequestParser.Parse(["--cache=mine/pr/17", "--cache", "team", "--cache-mode=read", "--frozen", "--grace=1.5", "--delay=0"]);

        Assert.That(request.Caches, Is.EqualTo(new[] { "mine/pr/17", "team" }));
        Assert.That((request.CachesAreReadOnly, request.Frozen), Is.EqualTo((true, true)));
        Assert.That((request.Grace, request.Delay), Is.EqualTo(((TimeSpan?)TimeSpan.FromHours(36), (TimeSpan?)TimeSpan.Zero)));
        Assert.That(RequestParser.Parse([]).Caches, Is.Null);
    }

    [TestCase("--force")]
    [TestCase("--force=Phase0")]
    [TestCase("--set=phases.0.lr=1")]
    public void Nothing_is_forced_or_tried_while_a_revision_is_reproduced(string word)
    {
        var fault = Assert.Throws<UsageException>(() => RequestParser.Parse(["--frozen", word]));

        Assert.That(fault!.Mistakes, Has.Count.EqualTo(1).And.One.StartsWith("--frozen: "));
    }

    [Test]
    public void All_mistakes_are_told_together()
    {
        var fault = Assert.Throws<UsageException>(() => RequestParser.Parse(
            ["--nproc", "none", "--jobs=x", "--profile=a", "--profile=b", "stray", "--nonsense", "value"]));

        Assert.That(fault!.Mistakes.Select(mistake => mistake.Split(':')[0]),
            Is.EqualTo(new[] { "--nproc=none", "--jobs=x", "--profile", "stray", "--nonsense" }));
    }
}
