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
    private const long NeededBytes = 2L << 30;

    private const string Missing = "missing"; // as AudioLibrary says it

    private readonly Workplace _workplace = session.Workplace;

    /// <returns>Whether everything that a run needs is there.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        List<Finding> findings = [Platform(), .. Libraries(), Guarded("device", Device), Disk()];
        foreach (var store in session.Shared.Each) findings.Add(await CacheAsync(store, cancellation));
        foreach (var (what, words, isGood) in findings)
            _workplace.Output.WriteLine($"{(isGood ? "ok " : "BAD")} {what,-12} {words}");
        return findings.TrueForAll(finding => finding.IsGood);
    }

    private Finding Platform() => new(
        "platform", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, packages: {_workplace.PackageSet}", IsGood: true);

    private static IEnumerable<Finding> Libraries() =>
        new[]
        {
            AudioLibrary.SoundFile, AudioLibrary.Resampler, AudioLibrary.Loudness, AudioLibrary.G722, AudioLibrary.Fourier, AudioLibrary.Matlab,
            AudioLibrary.SpeechRecognizer, AudioLibrary.OnnxRuntime,
        }.Select(library => library.Version == Missing
            ? new Finding(library.Name, "is not installed; ./build.sh installs it", IsGood: false)
            : new Finding(library.Name, library.Version, IsGood: true));

    private string Device() => DeviceCheck.Describe(
        session.Request.Device is { } device ? Enum.Parse<DeviceChoice>(device, ignoreCase: true) : DeviceChoice.Auto, _workplace.Clock);

    private Finding Disk()
    {
        var drive = new DriveInfo(_workplace.Root);
        var words = $"{drive.AvailableFreeSpace >> 30} of {drive.TotalSize >> 30} GiB free at {_workplace.Root}";
        return drive.AvailableFreeSpace >= NeededBytes
            ? new Finding("disk", words, IsGood: true)
            : new Finding("disk", $"{words}; {NeededBytes >> 30} GiB are needed at least", IsGood: false);
    }

    /// <summary>Asks for a record that nobody has.</summary>
    private static async Task<Finding> CacheAsync(BlobStore store, CancellationToken cancellation)
    {
        try
        {
            await store.FindRecordAsync(ContentHash.Of("nobody's"u8), cancellation);
            return new Finding("cache", $"{store.Name} answers; {(store.IsWritable ? "results will be pushed" : "it is read only")}", IsGood: true);
        }
        catch (SharedStoreException fault)
        {
            return new Finding("cache", fault.Message, IsGood: false);
        }
    }

    private static Finding Guarded(string what, Func<string> look)
    {
        try
        {
            return new Finding(what, look(), IsGood: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or DllNotFoundException or TypeInitializationException or ExternalException)
        {
            return new Finding(what, (fault.InnerException ?? fault).Message, IsGood: false);
        }
    }

    private sealed record Finding(string What, string Words, bool IsGood);
}
