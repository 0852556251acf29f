using Tmrvc.ArtifactStore;
using Tmrvc.BuildGraph.Tests.Support;

namespace Tmrvc.BuildGraph.Tests;

public sealed class LockedKeysTests
{
    private static ContentHash Key(string name) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(name));

    private static void Lock(Checkout checkout, string profile, string stage, string key) =>
        checkout.Write($"artifacts/lock/{profile}/{stage}.yaml", $"key: {Key(key)}\noutputs:\n  out.txt: {Key("out")}\n");

    private static Task<LockedKeys> Read(string root) => LockedKeys.ReadAsync(root, "artifacts", CancellationToken.None);

    [Test]
    public async Task Every_branch_tag_and_profile_counts_and_so_does_what_is_not_committed()
    {
        using var checkout = new Checkout().UnderGit();
        Lock(checkout, "smoke", "One", "old");
        checkout.Commit();
        checkout.Git("tag", "-a", "v1", "-m", "a release");
        Lock(checkout, "smoke", "One", "main");
        Lock(checkout, "full", "Two", "full");
        checkout.Commit();
        checkout.Git("checkout", "-q", "-b", "topic");
        Lock(checkout, "smoke", "One", "topic");
        checkout.Commit();
        checkout.Git("checkout", "-q", "main");
        Lock(checkout, "smoke", "One", "uncommitted");

        var locked = await Read(checkout.Root);

        Assert.That(locked.Keys, Is.EquivalentTo(new[] { "old", "main", "full", "topic", "uncommitted" }.Select(Key)));
        Assert.That((locked.Refs, locked.Gaps), Is.EqualTo((3, Array.Empty<string>())));
    }

    [Test]
    public async Task Branches_of_the_remote_that_were_never_checked_out_count()
    {
        using var origin = new Checkout().UnderGit();
        Lock(origin, "smoke", "One", "main");
        origin.Commit();
        origin.Git("checkout", "-q", "-b", "topic");
        Lock(origin, "smoke", "One", "topic");
        origin.Commit();
        using var clone = new Checkout();
        Repository.Git(clone.Root, "clone", "-q", "--branch", "main", origin.Root, "clone");

        var locked = await Read(Path.Combine(clone.Root, "clone"));

        Assert.That(locked.Keys, Is.EquivalentTo(new[] { Key("main"), Key("topic") }));
        Assert.That(locked.Gaps, Is.Empty);
    }

    [Test]
    public async Task A_clone_that_may_not_know_every_branch_says_so()
    {
        using var origin = new Checkout().UnderGit();
        origin.Commit();
        using var clones = new Checkout();
        Repository.Git(clones.Root, "clone", "-q", "--single-branch", $"file://{origin.Root}", "single");
        Repository.Git(clones.Root, "clone", "-q", "--depth=1", "--no-single-branch", $"file://{origin.Root}", "shallow");

        var single = await Read(Path.Combine(clones.Root, "single"));
        var shallow = await Read(Path.Combine(clones.Root, "shallow"));

        Assert.That(single.Gaps, Has.Count.EqualTo(1).And.One.StartsWith("not every branch of origin is fetched: "));
        Assert.That(shallow.Gaps, Is.EqualTo(new[] { "this clone is shallow: git fetch --unshallow" }));
    }

    [Test]
    public async Task A_clone_that_has_not_fetched_for_long_says_so_until_it_has()
    {
        using var origin = new Checkout().UnderGit();
        origin.Commit();
        using var clones = new Checkout();
        Repository.Git(clones.Root, "clone", "-q", origin.Root, "clone");
        var clone = Path.Combine(clones.Root, "clone");
        origin.Git("checkout", "-q", "-b", "topic");
        Lock(origin, "smoke", "One", "topic");
        origin.Commit();
        origin.Git("tag", "-a", "v1", "-m", "a release");

        var before = await Read(clone);
        Repository.Git(clone, "fetch", "-q", "--all", "--tags", "--prune");
        var after = await Read(clone);
        Directory.Move(origin.Root, origin.Root + ".away");
        var alone = await Read(clone);
        Directory.Move(origin.Root + ".away", origin.Root);

        Assert.That(before.Gaps, Is.EqualTo(new[] { "origin has refs/heads/topic and 1 more, unknown here: git fetch --all --tags --prune" }));
        Assert.That((after.Gaps, after.Keys), Is.EqualTo((Array.Empty<string>(), new[] { Key("topic") })));
        Assert.That(alone.Gaps, Is.EqualTo(new[] { "origin does not tell its branches: see git ls-remote origin" }));
    }

    [Test]
    public async Task Another_work_tree_with_a_detached_head_counts()
    {
        using var checkout = new Checkout().UnderGit();
        Lock(checkout, "smoke", "One", "main");
        checkout.Commit();
        checkout.Git("worktree", "add", "-q", "--detach", "other");
        File.WriteAllText(Path.Combine(checkout.Root, "other/artifacts/lock/smoke/One.yaml"), $"key: {Key("detached")}\n");
        Repository.Git(Path.Combine(checkout.Root, "other"), "commit", "-q", "-a", "-m", "detached");
        File.WriteAllText(Path.Combine(checkout.Root, "other/artifacts/lock/smoke/One.yaml"), $"key: {Key("there only")}\n");

        Assert.That((await Read(checkout.Root)).Keys, Is.EquivalentTo(new[] { "main", "detached", "there only" }.Select(Key)));
    }

    [Test]
    public async Task A_checkout_may_be_a_folder_of_a_larger_one()
    {
        using var checkout = new Checkout().UnderGit();
        checkout.Write("voice/artifacts/lock/smoke/One.yaml", $"key: {Key("inner")}\n");
        checkout.Write("artifacts/lock/smoke/One.yaml", $"key: {Key("of another project")}\n");
        checkout.Git("add", "-A");
        checkout.Git("commit", "-q", "-m", "work");

        Assert.That((await Read(Path.Combine(checkout.Root, "voice"))).Keys, Is.EqualTo(new[] { Key("inner") }));
    }

    [Test]
    public async Task A_lock_file_that_a_merge_left_undecided_names_both_keys()
    {
        using var checkout = new Checkout().UnderGit();
        checkout.Write("artifacts/lock/smoke/One.yaml", $"<<<<<<< HEAD\nkey: {Key("ours")}\n=======\nkey: {Key("theirs")}\n>>>>>>> topic\n");

        Assert.That((await Read(checkout.Root)).Keys, Is.EquivalentTo(new[] { Key("ours"), Key("theirs") }));
    }

    [Test]
    public void Where_there_is_no_repository_nobody_knows_what_to_keep()
    {
        using var checkout = new Checkout();

        Assert.That(() => Read(checkout.Root), Throws.TypeOf<GitException>().With.Message.StartsWith("git rev-parse --show-prefix in "));
    }
}
