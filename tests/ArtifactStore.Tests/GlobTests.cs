namespace Tmrvc.ArtifactStore.Tests;

public sealed class GlobTests
{
    [TestCase("*.wav", "a.wav", true)]
    [TestCase("*.wav", "p225/a.wav", false)]
    [TestCase("**/*.wav", "a.wav", true)]
    [TestCase("**/*.wav", "p225/x/a.wav", true)]
    [TestCase("**/*.wav", "a.wave", false)]
    [TestCase("**/*.{wav,flac}", "p/a.flac", true)]
    [TestCase("**/*.{wav,flac}", "p/a.ogg", false)]
    [TestCase("**/RIR/*.wav", "ROOM/Mic/RIR/a.wav", true)]
    [TestCase("**/RIR/*.wav", "ROOM/silence/a.wav", false)]
    [TestCase("p?25/*", "p225/a", true)]
    [TestCase("p?25/*", "p/25/a", false)]
    [TestCase("?.txt", "ü.txt", true)]
    [TestCase("a**", "abc", true)]
    [TestCase("**", "a/b/c", true)]
    [TestCase("[x].txt", "[x].txt", true)]
    [TestCase("*a*b*", "xxaxxbxx", true)]
    [TestCase("*a*b*", "xxbxxaxx", false)]
    public void A_pattern_matches(string pattern, string path, bool matches) =>
        Assert.That(new Glob(pattern).Matches(path), Is.EqualTo(matches));

    [TestCase("")]
    [TestCase("/etc/*")]
    [TestCase("*.{wav")]
    [TestCase("*.}wav{")]
    public void A_pattern_that_is_none_is_refused(string pattern) =>
        Assert.That(() => new Glob(pattern), Throws.ArgumentException.With.Message.Contains($"'{pattern}'"));
}
