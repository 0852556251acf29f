using System.Reflection;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>The repository these tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string PackageSet { get; } = Metadata("PackageSet");

    /// <summary>The published front door that build.sh hands over to.</summary>
    public static string FrontDoor()
    {
        var link = new DirectoryInfo(Path.Combine(Root, ".build", PackageSet, "front-door"));
        var program = Path.Combine(link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? link.FullName, "Tmrvc.Build");
        return File.Exists(program)
            ? program
            : throw new AssertionException($"{program}: there is no front door. Run ./build.sh --help, which builds it, and then these tests again.");
    }

    private static string Metadata(string key) => typeof(Checkout).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
