using System.Diagnostics;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>A disk that fills up while a set arrives.</summary>
public sealed class FullDiskTests
{
    private static EntrySet Set => ArtifactTree.Edition(1);

    /// <summary>One is full before the large file, one within it, one before the last small ones.</summary>
    [TestCase(256)]
    [TestCase(2048)]
    [TestCase(5120)]
    public async Task A_full_disk_is_named_and_once_there_is_room_the_pull_completes(int kibibytes)
    {
        Assert.That(CanMount(), "a small disk cannot be mounted: run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)");
        await using var shared = await FaultyContainer.CreateAsync();
        await shared.Open().PushAsync(Set, ArtifactTree.Original, null, default);
        var machine = Directory.CreateDirectory(shared.PathOf("machine")).FullName;
        var kept = shared.PathOf("kept");

        using var process = CacheProcess.Start(shared, "pull", machine, Set, "unshare", "--map-root-user", "--mount", "sh", "-c",
            $"""
             mount -t tmpfs -o size={kibibytes}k none {machine} || exit 99
             "$@"; echo "code $?"
             mount -o remount,size=64m {machine} || exit 99
             "$@"; echo "code $?"
             cp -a {machine} {kept}
             """, "sh");
        var (code, output) = await process.EndAsync();

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Match(@"(?s)StorageException.*no space left on the device.*code 1\n.*done\n.*code 0\n"));
        Assert.That(output, Does.Contain($": {machine}"), "the folder is named");
        ArtifactTree.RequireSame(new LocalStore(kept, TimeProvider.System), Set);
    }

    private static bool CanMount()
    {
        using var process = Process.Start("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
