using Azure.Identity;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class LoginTests
{
    private readonly BlobCalls _calls = new("the store", new BlobStoreSettings(), TimeProvider.System);

    private SharedStoreFault FaultOfALogin() => Assert.ThrowsAsync<SharedStoreException>(() =>
        _calls.AskAsync<bool>("reading", _ => throw new AuthenticationFailedException("secret"), default))!.Fault;

    [Test]
    public async Task A_log_in_that_cannot_be_renewed_is_an_outage_and_one_that_never_succeeded_a_refusal()
    {
        Assert.That(FaultOfALogin(), Is.EqualTo(SharedStoreFault.NoPermission));
        await _calls.AskAsync("reading", _ => Task.FromResult(true), default);
        Assert.That(FaultOfALogin(), Is.EqualTo(SharedStoreFault.Unreachable));
    }
}
