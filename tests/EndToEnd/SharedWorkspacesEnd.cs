using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>Deletes what the fixtures of this namespace shared.</summary>
[SetUpFixture]
public sealed class SharedWorkspacesEnd
{
    [OneTimeTearDown]
    public void Delete() => SharedWorkspaces.Delete();
}
