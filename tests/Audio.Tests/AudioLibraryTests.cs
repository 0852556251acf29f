using Tmrvc.Audio.Native;

namespace Tmrvc.Audio.Tests;

public sealed class AudioLibraryTests
{
    [Test]
    public void A_new_release_behind_the_same_soname_does_not_go_unnoticed()
    {
        var folder = Directory.CreateTempSubdirectory("tmrvc-library-").FullName;
        var link = Path.Combine(folder, "libvoice.so.0");
        foreach (var release in new[] { "libvoice.so.0.1.2", "libvoice.so.0.1.3" })
        {
            File.WriteAllText(Path.Combine(folder, release), "no library: nothing loads it");
            File.Delete(link);
            File.CreateSymbolicLink(link, release);
            Assert.That(SharedLibrary.FileOf("libvoice.so.0", ["/nowhere", folder]), Is.EqualTo(release));
        }
        Assert.That(SharedLibrary.FileOf("libvoice.so.1", [folder]), Is.EqualTo("missing"));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Every_library_tells_its_release()
    {
        AudioLibrary[] shared =
        [
            AudioLibrary.SoundFile, AudioLibrary.G722, AudioLibrary.Loudness, AudioLibrary.Fourier, AudioLibrary.Matlab,
            AudioLibrary.SpeechRecognizer,
        ];
        Assert.That(shared.Select(library => library.Version), Is.All.Matches(@"^lib[\w-]+\.so(\.\d+){2,}$"));
        Assert.That(AudioLibrary.OnnxRuntime.Version, Does.Match(@"\d+\.\d+\.\d+$"));
    }

    /// <summary>Every user of the resampler has this in its keys: another recipe is another identity.</summary>
    [Test]
    public void The_resampler_is_known_by_its_release_and_by_its_recipe()
    {
        Assert.That(AudioLibrary.Resampler.Name, Is.EqualTo("soxr"));
        Assert.That(AudioLibrary.Resampler.Version, Does.Match(@"^libsoxr\.so\.0\.\d+\.\d+ HQ$"));
    }
}
