using System.Diagnostics;
using System.Security.Cryptography;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd.Documents;

/// <summary>
/// A checkout in which everything can be typed as the pages have it: build.sh hands over to the front door that the tests run, the smoke
/// profile is a small one, on a small package of the same voices, and what a reader is asked to bring is there.
/// </summary>
internal static class SmallSmoke
{
    private const string Package = "small-sounds_1.0-1_all.deb";

    private static readonly (string Voice, string Recording)[] Voices =
        [("en_US_f_Allison", "allison-en"), ("it_IT_m_Carlo", "carlo-it"), ("fr_FR_f_June", "june-fr")];

    /// <summary>A repository of one commit, to be cloned: nothing has run.</summary>
    public static Workspace Repository()
    {
        var workspace = Workspace.Create("smoke");
        var raw = Directory.CreateDirectory(Path.Combine(workspace.Root, "data", "raw", "prompts")).FullName;
        Build(Path.Combine(raw, Package));
        WriteFrontDoor(Path.Combine(workspace.Root, "build.sh"));
        Configure(workspace);
        Workspace.CopyTree(Path.Combine(AppContext.BaseDirectory, "speech"), Directory.CreateDirectory(Path.Combine(workspace.Root, "tests", "Support")).FullName);
        Revision.Commit(workspace);
        return workspace;
    }

    /// <summary>Makes configs/ what it was when the workspace was created.</summary>
    public static void Configure(Workspace workspace)
    {
        workspace.ResetConfiguration();
        var checksum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(workspace.Root, "data", "raw", "prompts", Package))));
        var profiles = Path.Combine(workspace.Root, "configs", "profiles");
        var small = File.ReadAllText(Path.Combine(profiles, "small-smoke.yaml")).Replace("CHECKSUM", checksum);
        File.WriteAllText(Path.Combine(profiles, "smoke.yaml"), small);
    }

    /// <summary>Recordings of a speaker, as somebody who brings a voice has them.</summary>
    public static void WriteRecordings(string folder, string recording, int count, double seconds = 2.2)
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
            Harness.Voices.WriteCut(Path.Combine(folder, $"{i:00}.wav"), recording, 0.2 + 0.25 * i, seconds);
    }

    private static void WriteFrontDoor(string path)
    {
        File.WriteAllText(path,
            $"""
            #!/bin/sh
            # What build.sh ends with, once this machine is ready.
            export TMRVC_ROOT="$PWD" TMRVC_PACKAGE_SET={Checkout.PackageSet}
            exec {Checkout.FrontDoor()} "$@"

            """);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A package in the layout of the real ones: ten pieces of each voice that overlap.</summary>
    private static void Build(string package)
    {
        var tree = Directory.CreateTempSubdirectory("tmrvc-package-");
        Write("DEBIAN/control", "Package: small-sounds\nVersion: 1.0-1\nArchitecture: all\nMaintainer: M <m@example.org>\nDescription: small\n"u8);
        Write("usr/share/doc/small-sounds/copyright", "CC BY-SA\n"u8);
        foreach (var (voice, recording) in Voices)
        {
            ReadOnlySpan<byte> all = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "speech", recording + ".g722"));
            for (var i = 0; i < 10; i++)
                Write($"usr/share/asterisk/sounds/{voice}/say-{i}.g722", all.Slice(i * 2000, 12_000)); // 8,000 bytes a second
        }
        using var build = Process.Start(new ProcessStartInfo("dpkg-deb", ["--build", "--root-owner-group", tree.FullName, package]) { RedirectStandardOutput = true })!;
        build.WaitForExit();
        Assert.That(build.ExitCode, Is.Zero, "dpkg-deb");
        tree.Delete(recursive: true);

        void Write(string path, ReadOnlySpan<byte> content)
        {
            var file = Path.Combine(tree.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }
}
