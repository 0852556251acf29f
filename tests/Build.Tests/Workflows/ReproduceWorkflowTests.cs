using System.Diagnostics;
using System.Runtime.Versioning;

namespace Tmrvc.Build.Tests.Workflows;

[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
public sealed class ReproduceWorkflowTests
{
    private static readonly Workflow Reproduce = Workflow.Of("reproduce.yml");

    [Test]
    public void A_published_release_is_reproduced_without_being_asked_for_anything()
    {
        var values = GitHub.Values([.. Reproduce.Root.Map("env").Pairs().Values], new Event { Name = "release" }.Contexts);

        Assert.That(values, Is.EqualTo(new[] { "v1.2.0", "Report SpeakerEncoder Phase0", "smoke" }));
    }

    [TestCase("TAG", "v1; rm -rf /")]
    [TestCase("TAG", "--help")]
    [TestCase("TARGETS", "Report; rm -rf /")]
    [TestCase("TARGETS", "Report --cache=off")]
    [TestCase("PROFILE", "../smoke")]
    public void A_wrong_request_is_refused_by_name(string variable, string value)
    {
        using var script = new Script(Reproduce["restore"]["Check the request"], new Event { Name = "release" }.Contexts);
        Assert.That(script.Run().Code, Is.Zero, "as published");

        var (code, said) = script.With(variable, value).Run();

        Assert.That((code, said), Is.EqualTo((1, said)));
        Assert.That(said, Does.StartWith($"::error::{variable.ToLowerInvariant()} "));
    }

    [Test]
    public void What_is_attached_has_the_same_bytes_each_time_and_its_hashes_beside_it()
    {
        using var once = Restored();
        Thread.Sleep(1100); // another second for whatever writes times
        using var again = Restored();

        Assert.That((once.Run(), again.Run()), Is.EqualTo(((0, ""), (0, ""))));

        string[] names = ["v1.2.0-smoke-lock.tar.gz", "v1.2.0-smoke.sha256", "v1.2.0-smoke.tar.gz"];
        Assert.That(Attached(once).Select(Path.GetFileName), Is.EqualTo(names));
        Assert.That(Attached(once).Select(File.ReadAllBytes), Is.EqualTo(Attached(again).Select(File.ReadAllBytes)));
        Assert.That(Listing(once, names[2]), Does.Contain("./abc/content.json"));
        Assert.That(Listing(once, names[0]), Does.Contain("smoke/Report.yaml"));
    }

    [Test]
    public void Restoring_that_changed_a_lock_file_is_no_reproduction()
    {
        using var script = Restored();
        File.WriteAllText(Path.Combine(script.Folder, "artifacts/lock/smoke/Report.yaml"), "key: 2\n");

        Assert.That(script.Run().Code, Is.EqualTo(1));
    }

    private static Script Restored()
    {
        var script = new Script(Reproduce["restore"]["Pack what was restored, the same bytes each time"], new Event { Name = "release" }.Contexts);
        Git.Commit(script.Folder, ("artifacts/lock/smoke/Report.yaml", "key: 1\n"));
        var entry = Directory.CreateDirectory(Path.Combine(script.Folder, "artifacts/store/entries/abc"));
        File.WriteAllText(Path.Combine(entry.FullName, "content.json"), "{}");
        return script;
    }

    private static string[] Attached(Script script) => [.. Directory.GetFiles(Path.Combine(script.Folder, "attached")).Order(StringComparer.Ordinal)];

    private static string[] Listing(Script script, string archive)
    {
        var start = new ProcessStartInfo("tar", ["--list", "--file", Path.Combine(script.Folder, "attached", archive)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        return process.StandardOutput.ReadToEnd().Split('\n');
    }
}
