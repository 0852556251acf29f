using System.Runtime.InteropServices;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Audio;
using Tmrvc.Training;

namespace Tmrvc.Build.Services;

/// <summary>Looks whether this machine can run the pipeline: libraries, device, disk, cache. Changes nothing.</summary>
internal sealed class MachineCheck(Session session)
{
    /// <summary>The smoke profile with all its artifacts takes about this.</summary>
    private const long NeededBytes = 10L << 30;

    /// <summary>The smoke profile's largest stage takes about half of this.</summary>
    private const long NeededMemory = 4L << 30;

    private const string Missing = "missing"; // as AudioLibrary says it

    private readonly Workplace _workplace = session.Workplace;

    /// <returns>Whether everything that a run needs is there.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [Platform(), .. Libraries(), Device(), .. await ToolsAsync(cancellation), Memory(), Disk(), Artifacts()];
        foreach (var store in session.Shared.Each)
            findings.Add(await CacheAsync(store, cancellation));
        foreach (var finding in findings)
            _workplace.Output.WriteLine(finding);
        _workplace.Output.WriteLine(findings.Count(finding => finding.State == FindingState.Bad) is > 0 and var bad
            ? $"{(bad == 1 ? "1 problem" : $"{bad} problems")}, to be mended before a run; the text after → tells how"
            : "this machine has what a run needs");
        return findings.TrueForAll(finding => finding.State != FindingState.Bad);
    }

    private Finding Platform() => new(
        "platform", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, packages: {_workplace.PackageSet}");

    private static IEnumerable<Finding> Libraries() =>
        new[]
        {
            AudioLibrary.SoundFile, AudioLibrary.Resampler, AudioLibrary.Loudness, AudioLibrary.G722, AudioLibrary.Fourier, AudioLibrary.Matlab,
            AudioLibrary.SpeechRecognizer, AudioLibrary.OnnxRuntime,
        }.Select(library => library.Version == Missing
            ? Finding.Bad(library.Name, "is not installed", "./build.sh without --no-install installs it (build/bootstrap/debian-packages.txt)")
            : new Finding(library.Name, library.Version));

    private Finding Device()
    {
        try
        {
            return new Finding("device", DeviceCheck.Describe(
                session.Request.Device is { } device ? Enum.Parse<DeviceChoice>(device, ignoreCase: true) : DeviceChoice.Auto, _workplace.Clock));
        }
        catch (Exception fault) when (fault is InvalidOperationException or DllNotFoundException or TypeInitializationException or ExternalException)
        {
            return Finding.Bad("device", (fault.InnerException ?? fault).Message, "--device=cpu, or ./build.sh with LIBTORCH=FOLDER for one of your own");
        }
    }

    /// <summary>Programs beside the process; what is missing of them costs some targets, not the run.</summary>
    private static async Task<Finding[]> ToolsAsync(CancellationToken cancellation)
    {
        async Task<Finding> ToolAsync(string what, string[] command, string without) =>
            await ToolVersion.FindAsync(command, cancellation) is { } version ? new Finding(what, version) : Finding.Absent(what, without);
        return await Task.WhenAll(
            ToolAsync("gpu", ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"], "no NVIDIA driver: networks run on the processor"),
            ToolAsync("git", ["git", "--version"], "Compare and CacheGc need it: apt-get install git"),
            ToolAsync("npm", ["npm", "--version"], "./build.sh --target=Test and the parts of the report need it: apt-get install npm"),
            ToolAsync("slurm", ["sinfo", "--version"], "--executor=slurm needs it; all else does not"));
    }

    private static Finding Memory()
    {
        var bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return bytes >= NeededMemory
            ? new Finding("memory", $"{bytes >> 30} GiB")
            : Finding.Bad("memory", $"{bytes >> 20} MiB", $"{NeededMemory >> 30} GiB are needed at least: close other programs, or take a larger machine");
    }

    private Finding Disk()
    {
        var folder = new DirectoryInfo(Path.Combine(_workplace.Root, session.Engine.Options.Artifacts));
        var place = folder.Exists ? folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName : _workplace.Root;
        var drive = new DriveInfo(place);
        var words = $"{drive.AvailableFreeSpace >> 30} of {drive.TotalSize >> 30} GiB free at {place}";
        return drive.AvailableFreeSpace >= NeededBytes
            ? new Finding("disk", words)
            : Finding.Bad("disk", words, $"{NeededBytes >> 30} GiB are needed at least: free some, or --target=CacheGc");
    }

    /// <summary>Whether results can be written, by a file that is gone at once.</summary>
    private Finding Artifacts()
    {
        var folder = Path.Combine(_workplace.Root, session.Engine.Options.Artifacts);
        try
        {
            var probe = Path.Combine(Directory.Exists(folder) ? folder : _workplace.Root, $".doctor-{Environment.ProcessId}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new Finding("artifacts", $"{folder} can be written to");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Finding.Bad("artifacts", StorageException.About(folder, fault).Message, "results cannot be kept until then");
        }
    }

    /// <summary>Asks for a record that nobody has.</summary>
    private static async Task<Finding> CacheAsync(BlobStore store, CancellationToken cancellation)
    {
        try
        {
            await store.FindRecordAsync(ContentHash.Of("nobody's"u8), cancellation);
            return new Finding("cache", $"{store.Name} answers; {(store.IsWritable ? "results will be pushed, if this login may write" : "it is read only")}");
        }
        catch (SharedStoreException fault)
        {
            return Finding.Bad("cache", fault.Message, "docs/cache.md has the set-up; --cache=off goes without");
        }
    }
}
