using System.Text;

namespace Tmrvc.ArtifactStore.Tests;

public sealed class ContentHashTests
{
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Test]
    public void The_hash_of_abc_is_the_one_in_the_standard() =>
        Assert.That(ContentHash.Of("abc"u8).ToString(), Is.EqualTo(OfAbc), "FIPS 180-4, appendix B.1");

    [Test]
    public void Text_and_bytes_round_trip()
    {
        var hash = ContentHash.Parse(OfAbc);
        var bytes = new byte[ContentHash.ByteCount];
        hash.CopyTo(bytes);
        Assert.That(new ContentHash(bytes), Is.EqualTo(hash));
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo(OfAbc));
    }

    [TestCase("")]
    [TestCase("ba78")]
    [TestCase("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Other_text_is_refused(string text) =>
        Assert.That(() => ContentHash.Parse(text), Throws.TypeOf<FormatException>());

    [Test]
    public void A_file_larger_than_any_buffer_hashes_like_its_bytes()
    {
        using var folder = new Support.TemporaryFolder();
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(number => $"{number:000000}")));
        File.WriteAllBytes(folder["big"], content);
        Assert.That(FileHash.Compute(folder["big"]), Is.EqualTo(ContentHash.Of(content)));
    }
}
