using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

[Platform("Linux"), SupportedOSPlatform("linux")]
public sealed class PackageFolderTests
{
    private TemporaryFolder _folder = null!;
    private DebianPackage _package = null!;

    [SetUp]
    public void BuildPackage()
    {
        _folder = new TemporaryFolder();
        File.WriteAllLines(
            _folder.New("tree/DEBIAN/control"),
            ["Package: mini-model", "Version: 1.0-1", "Architecture: all", "Maintainer: M <m@example.org>", "Description: mini"]);
        File.WriteAllText(_folder.New("tree/usr/share/model/en/means"), "s3");
        File.WriteAllText(_folder.New("tree/usr/share/model/big"), "not needed");
        File.WriteAllText(_folder.New("tree/usr/share/doc/mini-model/copyright"), "BSD");
        var file = _folder.New("raw/mini-model_1.0-1_all.deb");
        using var build = Process.Start(new ProcessStartInfo(
            "dpkg-deb", ["--build", "--root-owner-group", _folder["tree"], file]) { RedirectStandardOutput = true })!;
        build.WaitForExit();
        _package = new() { Name = "mini-model", Version = "1.0-1", Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) };
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    private async Task<LooseRun> Fetch(string folder)
    {
        var settings = new PackageFolderSettings { Package = _package, Folder = folder };
        var stage = new PackageFolderStage("FetchMini", settings, "a model", _folder["raw"], TimeProvider.System);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>());
        Directory.CreateDirectory(Path.GetDirectoryName(run.Output(PackageFolderStage.Folder))!);
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    [Test]
    public async Task The_folder_comes_with_the_licence_and_without_the_rest()
    {
        using var run = await Fetch("usr/share/model/en");
        var files = Directory.EnumerateFiles(run.Output(PackageFolderStage.Folder), "*", SearchOption.AllDirectories);
        Assert.That(files.Select(Path.GetFileName), Is.EquivalentTo(["means", "copyright"]));
    }

    [Test]
    public void A_folder_that_the_package_lacks_is_named() => Assert.That(
        () => Fetch("usr/share/model/fr"),
        Throws.TypeOf<FetchException>().With.Message.Contains("mini-model_1.0-1_all.deb: has no folder usr/share/model/fr"));

    [TestCase("")]
    [TestCase("/usr")]
    [TestCase("usr/../../etc")]
    public void Only_folders_within_the_package_are_allowed(string folder) => Assert.That(
        new PackageFolderSettings { Package = _package, Folder = folder }.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(["folder"]));
}
