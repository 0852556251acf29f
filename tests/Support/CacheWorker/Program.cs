using System.Diagnostics;
using Tmrvc.ArtifactStore;
using Tmrvc.ArtifactStore.Blobs;
using Tmrvc.Azurite;
using Tmrvc.CacheWorker;

// A process of its own that moves one set, so that tests can kill it or take its disk away. Words: push|pull STORE SET-FILE, with the
// cache in TMRVC_CACHE; or serve, which starts a blob server. Everything it says is for the tests to search; 0 done, 1 not.
if (args[0] == "serve")
{
    await using var server = await AzuriteServer.StartAsync();
    Console.WriteLine(server.Address);
    await Task.Delay(Timeout.Infinite);
}
var local = new LocalStore(args[1], TimeProvider.System);
var set = SetFile.Read(args[2]);
var address = new CacheAddressParser(Environment.GetEnvironmentVariable).Parse(Environment.GetEnvironmentVariable("TMRVC_CACHE")!);
using var store = BlobStore.Open(address, new BlobStoreOptions { Clock = TimeProvider.System, Tell = Console.WriteLine });
try
{
    if (args[0] == "push")
        await store.PushAsync(set, local, new Lines(), default);
    else if (!await store.PullAsync(set, local, new Lines(), default) || !local.TryRestore(set))
        return 1;
    Console.WriteLine("done");
    return 0;
}
catch (Exception exception) when (exception is SharedStoreException or StorageException)
{
    Console.WriteLine(exception);
    return 1;
}
finally
{
    Console.WriteLine($"peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
}

internal sealed class Lines : IProgress<TransferProgress>
{
    public void Report(TransferProgress value) => Console.WriteLine($"moved {value.Bytes} of {value.Total}");
}
