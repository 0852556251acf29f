using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Packages;

/// <summary>
/// What is called of packages that the feed lacks was looked up in the real ones, member by member. A call that is new has to be
/// looked up, too, before it enters the list: the stand-in has whatever we write into it.
/// </summary>
public sealed class PackageApiTests
{
    /// <summary>Processes that train together: docs/packages.md says that they need the feed's set.</summary>
    private const string OfTheFeedAlone = "TorchSharp.torch+distributed";

    [TestCase("TorchSharp")]
    [TestCase("Cake.Frosting")]
    public void Every_member_that_is_called_is_one_that_the_real_package_has(string package)
    {
        var known = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Build.Tests", "Packages", package + ".txt")).Where(line => !line.StartsWith('#')).ToHashSet();

        string[] called = [.. CalledMembers.Of(package, Ours())];

        Assert.That(called, Has.Length.GreaterThan(10));
        string[] unknown = [.. called.Where(member => !known.Contains(member) && !member.StartsWith(OfTheFeedAlone, StringComparison.Ordinal))];
        Assert.That(unknown, Is.Empty, $"not known of {package}'s public API:\n{string.Join('\n', unknown)}");
    }

    private static IEnumerable<string> Ours() => Directory.EnumerateFiles(TestContext.CurrentContext.TestDirectory, "Tmrvc.*.dll")
        .Where(path => !Path.GetFileNameWithoutExtension(path).EndsWith(".Tests", StringComparison.Ordinal));
}
