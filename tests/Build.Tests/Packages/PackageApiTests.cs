using Tmrvc.Build.Tests.Support;

namespace Tmrvc.Build.Tests.Packages;

/// <summary>
/// What is called of packages that the feed lacks was looked up in the real ones, member by member. A call that is new has to be
/// looked up, too, before it enters the list: the stand-in has whatever we write into it.
/// </summary>
public sealed class PackageApiTests
{
    [TestCase("TorchSharp")]
    [TestCase("Cake.Frosting")]
    public void Every_member_that_is_called_is_one_that_the_real_package_has(string package)
    {
        var known = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Build.Tests", "Packages", package + ".txt")).Where(line => !line.StartsWith('#')).ToHashSet();

        string[] called = [.. CalledMembers.Of(package, Ours())];

        Assert.That(called, Has.Length.GreaterThan(10));
        Assert.That(called.Where(member => !known.Contains(member)), Is.Empty, $"called, and not known of {package}'s public API");
    }

    private static IEnumerable<string> Ours() => Directory.EnumerateFiles(TestContext.CurrentContext.TestDirectory, "Tmrvc.*.dll")
        .Where(path => !Path.GetFileNameWithoutExtension(path).EndsWith(".Tests", StringComparison.Ordinal));
}
