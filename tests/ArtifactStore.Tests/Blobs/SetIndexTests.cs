using System.Text;
using Tmrvc.ArtifactStore.Blobs;

namespace Tmrvc.ArtifactStore.Tests.Blobs;

public sealed class SetIndexTests
{
    private static readonly FileTree Tree = TreeText.Write([new TreeFile("x/y", ContentHash.Of("y"u8), 1), new TreeFile("z", ContentHash.Of("z"u8), 1)]);

    private static readonly SetIndex Index = new(
        new EntrySet([new StoredEntry("a file", EntryKind.File, ContentHash.Of("a"u8), 5_000_000, 1), new StoredEntry("b", EntryKind.Folder, Tree.Hash, 2, 2)]),
        [Tree], [new StoredObject(ContentHash.Of("t"u8), 6_000_000)], [new PackLine(ContentHash.Of("p"u8), 2, 2)],
        [new StoredObject(ContentHash.Of("a"u8), 5_000_000)]);

    [Test]
    public void What_was_written_is_read()
    {
        var read = SetIndexText.Read(SetIndexText.Write(Index));
        Assert.That(read.Set.Entries, Is.EqualTo(Index.Set.Entries));
        Assert.That(read.Trees.Single().Hash, Is.EqualTo(Tree.Hash));
        Assert.That((read.LargeTrees, read.Packs, read.Objects), Is.EqualTo((Index.LargeTrees, Index.Packs, Index.Objects)));
    }

    [Test]
    public void Every_changed_byte_is_noticed()
    {
        var text = SetIndexText.Write(Index);
        for (var place = 0; place < text.Length; place++)
            foreach (var bit in new[] { 1, 0x20, 0x80 })
            {
                byte[] damaged = [.. text];
                damaged[place] ^= (byte)bit;
                Assert.That(IsSameSeal(text, damaged) || Refuses(damaged), $"byte {place}, bit {bit:x}");
            }
    }

    [Test]
    public void Every_shortened_text_is_noticed()
    {
        var text = SetIndexText.Write(Index);
        Assert.That(Enumerable.Range(0, text.Length).Where(length => !Refuses(text[..length])), Is.Empty);
    }

    /// <summary>A hash in capitals is the same.</summary>
    private static bool IsSameSeal(byte[] text, byte[] damaged) =>
        Encoding.Latin1.GetString(text) == Encoding.Latin1.GetString(damaged, 0, 64).ToLowerInvariant() + Encoding.Latin1.GetString(damaged, 64, damaged.Length - 64);

    private static bool Refuses(byte[] text)
    {
        try
        {
            SetIndexText.Read(text);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
