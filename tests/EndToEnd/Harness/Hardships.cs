using System.Diagnostics;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>Commands that run a front door under hardship; each ends by taking the front door's command.</summary>
internal static class Hardships
{
    /// <summary>Printed between the two runs of <see cref="FullDevice"/>.</summary>
    public const string SpaceFreed = "-- space was freed --";

    /// <summary>Where <see cref="FullDevice"/> leaves a copy of the second run's lock files, below the workspace's root.</summary>
    public const string KeptLocks = "kept-locks";

    /// <summary>Permission bits count, also for root.</summary>
    public static IReadOnlyList<string> PermissionsCount => Environment.IsPrivilegedProcess
        ? ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]
        : [];

    /// <summary>No file can grow beyond so many kibibytes (EFBIG). The runtime's own double mapping, itself such a file, is off.</summary>
    public static IReadOnlyList<string> FileSizeLimit(int kibibytes) =>
        ["prlimit", $"--fsize={kibibytes * 1024L}", "sh", "-c", "trap '' XFSZ; DOTNET_EnableWriteXorExecute=0 exec \"$@\"", "sh"];

    /// <summary>
    /// Runs the front door twice with artifacts/ on a device of its own: one of so many mebibytes, then, from where that ended, one
    /// with room. The device exists for these two runs alone.
    /// </summary>
    public static IReadOnlyList<string> FullDevice(int mebibytes) =>
    [
        "unshare", "--map-root-user", "--mount", "sh", "-c",
        $"""
        mkdir -p artifacts && mount -t tmpfs -o size={mebibytes}m none artifacts || exit 99
        "$@"; echo "exit code $?"
        echo "{SpaceFreed}"
        mount -o remount,size=2g artifacts || exit 99
        "$@"; code=$?
        cp -r artifacts/lock/mini {KeptLocks}
        exit $code
        """,
        "sh",
    ];

    /// <summary>Whether this machine lets its user mount a device in a namespace of their own.</summary>
    public static bool CanMount()
    {
        using var process = Process.Start("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
