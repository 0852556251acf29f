using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

[Platform("Linux"), FixtureLifeCycle(LifeCycle.InstancePerTestCase), SupportedOSPlatform("linux")]
public sealed class FetchPromptsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _lines = [];

    public void Dispose() => _folder.Dispose();

    private string Raw => Directory.CreateDirectory(_folder["raw"]).FullName;

    private Task Fetch(DebianPackage package, string aptGet, TransferSettings? transfer = null)
    {
        Directory.CreateDirectory(_folder["scratch"]);
        var settings = new FetchPromptsSettings { Packages = [package], Transfer = transfer ?? new() { FirstPauseSeconds = 0 } };
        return new PromptsFetch(settings, Raw, _folder["scratch"], TimeProvider.System, _lines.Add, aptGet)
            .RunAsync(_folder["corpus"], new Progress<StageProgress>(), CancellationToken.None);
    }

    /// <summary>A package in the layout of the real ones, of one voice, its transcripts and its licence.</summary>
    private DebianPackage BuildPackage(string target)
    {
        File.WriteAllLines(
            _folder.New("tree/DEBIAN/control"),
            ["Package: mini-sounds", "Version: 1.0-1", "Architecture: all", "Maintainer: M <m@example.org>", "Description: mini"]);
        File.Copy(MiniCorpus.English, _folder.New("tree/usr/share/asterisk/sounds/en_US_f_Allison/digits/1.g722"));
        File.WriteAllText(_folder.New("tree/usr/share/doc/mini-sounds/copyright"), "CC BY-SA");
        using (var zip = new GZipStream(File.Create(_folder["tree/usr/share/doc/mini-sounds/core-sounds-en.txt.gz"]), CompressionLevel.Fastest))
            zip.Write("digits/1: one\n"u8);
        var start = new ProcessStartInfo("dpkg-deb", ["--build", "--root-owner-group", _folder["tree"], target]);
        start.RedirectStandardOutput = true;
        using var build = Process.Start(start)!;
        build.WaitForExit();
        var checksum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(target)));
        return new DebianPackage { Name = "mini-sounds", Version = "1.0-1", Sha256 = checksum };
    }

    /// <summary>An apt-get that runs the given shell lines; arguments and working folder are those of the real one.</summary>
    private string Script(string lines)
    {
        var path = _folder["apt-get"];
        File.WriteAllText(path, $"#!/bin/sh\n{lines}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    [Test]
    public async Task A_package_placed_by_hand_is_used_without_any_download()
    {
        await Fetch(BuildPackage(Path.Combine(Raw, "mini-sounds_1.0-1_all.deb")), aptGet: "/nonexistent/apt-get");
        var voices = _folder.Files.Where(path => path.StartsWith("corpus/", StringComparison.Ordinal));
        Assert.That(
            voices,
            Is.EqualTo(["corpus/en_US_f_Allison/digits/1.g722", "corpus/licences/mini-sounds.txt", "corpus/transcripts/en.txt"]));
        Assert.That(File.ReadAllText(_folder["corpus/transcripts/en.txt"]), Is.EqualTo("digits/1: one\n"));
    }

    [Test]
    public async Task A_file_with_another_checksum_is_reported_and_replaced_by_a_download()
    {
        var package = BuildPackage(_folder["mini-sounds_1.0-1_all.deb"]);
        File.WriteAllText(Path.Combine(Raw, package.FileName), "something else");
        await Fetch(package, Script($"cp {_folder["mini-sounds_1.0-1_all.deb"]} ."));
        Assert.That(_lines, Has.Some.Contains("is pinned"));
        Assert.That(
            File.ReadAllBytes(Path.Combine(Raw, package.FileName)),
            Is.EqualTo(File.ReadAllBytes(_folder["mini-sounds_1.0-1_all.deb"])));
    }

    [Test]
    public async Task A_download_that_fails_is_tried_again_with_package_lists_of_its_own()
    {
        var package = BuildPackage(_folder["mini-sounds_1.0-1_all.deb"]);
        await Fetch(package, Script($"""
            echo "$*" >> {_folder["calls"]}
            case "$*" in
              *update) exit 0 ;;
            esac
            [ $(grep -c download {_folder["calls"]}) -ge 3 ] || {"{"} echo "E: Failed to fetch" >&2; exit 100; {"}"}
            cp {_folder["mini-sounds_1.0-1_all.deb"]} .
            """));
        var calls = File.ReadAllLines(_folder["calls"]);
        Assert.That(
            calls.Select(call => call.Split(' ')[^1]),
            Is.EqualTo(["mini-sounds=1.0-1", "update", "mini-sounds=1.0-1", "mini-sounds=1.0-1"]));
        Assert.That(calls.Select(call => call.Contains("Dir::State::Lists=")), Is.EqualTo([false, true, true, true]));
        Assert.That(_lines, Is.EqualTo(["attempt 1 of 4 failed: apt-get download: Failed to fetch"]));
    }

    [Test]
    public void A_download_with_a_wrong_checksum_is_never_kept_and_the_error_says_what_to_do()
    {
        var package = BuildPackage(_folder["mini-sounds_1.0-1_all.deb"]) with { Sha256 = new string('0', 64) };
        Assert.That(
            () => Fetch(
                package, Script($"cp {_folder["mini-sounds_1.0-1_all.deb"]} ."), new() { Attempts = 2, FirstPauseSeconds = 0 }),
            Throws.TypeOf<FetchException>().With.Message.Contains("is pinned").And.Message.Contains($"place it in {Raw}"));
        Assert.That(_lines, Has.Count.EqualTo(1));
        Assert.That(Directory.EnumerateFiles(Raw), Is.Empty);
    }

    [Test]
    public void Offline_the_error_names_the_package_the_complaint_and_the_way_out()
    {
        var package = new DebianPackage { Name = "mini-sounds", Version = "1.0-1", Sha256 = new string('a', 64) };
        Assert.That(
            () => Fetch(
                package, Script("echo \"E: Temporary failure resolving 'archive'\" >&2; exit 100"), new() { Attempts = 1 }),
            Throws.TypeOf<FetchException>().With.Message.EqualTo(
                "mini-sounds 1.0-1: apt-get download: Temporary failure resolving 'archive'; apt-get update: Temporary failure resolving 'archive'. "
                + $"Check the network and the machine's apt sources, or download mini-sounds_1.0-1_all.deb elsewhere (SHA-256 {package.Sha256}) "
                + $"and place it in {Raw}"));
    }

    [Test]
    public void Without_apt_get_the_error_says_so_at_once()
    {
        var package = new DebianPackage { Name = "mini-sounds", Version = "1.0-1", Sha256 = new string('a', 64) };
        Assert.That(
            () => Fetch(package, "/nonexistent/apt-get"),
            Throws.TypeOf<FetchException>().With.Message.Contains("/nonexistent/apt-get: is not on this machine")
                .And.Message.Contains("place it in"));
        Assert.That(_lines, Is.Empty, "no attempt is repeated");
    }

    [Test]
    public void A_download_that_hangs_is_given_up()
    {
        var package = new DebianPackage { Name = "mini-sounds", Version = "1.0-1", Sha256 = new string('a', 64) };
        Assert.That(
            () => Fetch(package, Script("sleep 60"), new() { Attempts = 1, TimeoutSeconds = 0.2 }),
            Throws.TypeOf<FetchException>().With.Message.Contains("timeout"));
    }

    [Test]
    public async Task A_package_that_is_no_archive_is_refused()
    {
        var path = Path.Combine(Raw, "mini-sounds_1.0-1_all.deb");
        await File.WriteAllTextAsync(path, "not a package");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)));
        var package = new DebianPackage { Name = "mini-sounds", Version = "1.0-1", Sha256 = checksum };
        Assert.That(
            () => Fetch(package, "/nonexistent/apt-get"),
            Throws.TypeOf<FetchException>().With.Message.Contains("dpkg-deb cannot unpack it"));
    }

    [TestCase("Mini", "1.0", "aa", "name", "sha256")]
    [TestCase("", "1;0", "", "name", "version", "sha256")]
    public void Pins_are_checked(string name, string version, string sha256, params string[] properties) =>
        Assert.That(
            new DebianPackage { Name = name, Version = version, Sha256 = sha256 }.Mistakes().Select(mistake => mistake.Property),
            Is.EqualTo(properties));
}
