namespace Tmrvc.ArtifactStore.Tests;

public sealed class EntryPathTests
{
    private static readonly string[] Pieces =
        ["a", "B", "..", ".", "/", "//", "\\", ":", "C:", "\0", "\n", "con", "NUL", "com¹", ".txt", " ", "é", "\ud800", "語", "-", "*"];

    [TestCase("")]
    [TestCase("..")]
    [TestCase("a/../b")]
    [TestCase("/a")]
    [TestCase("a/")]
    [TestCase("a//b")]
    [TestCase("./a")]
    [TestCase("a\\b")]
    [TestCase("C:/a")]
    [TestCase("a\0b")]
    [TestCase("a\u0085b")]
    [TestCase("a/NUL")]
    [TestCase("nul.txt")]
    [TestCase("Con .txt/a")]
    [TestCase("LPT9")]
    [TestCase("COM³.log")]
    [TestCase("conin$")]
    [TestCase("a.")]
    [TestCase("a /b")]
    [TestCase("a?")]
    [TestCase("\ud800")]
    public void A_path_that_must_not_be_used_has_a_fault(string path) => Assert.That(EntryPath.FaultOf(path), Is.Not.Null);

    [TestCase("a")]
    [TestCase("a/b.c/d")]
    [TestCase(".hidden")]
    [TestCase("...a")]
    [TestCase(" a b")]
    [TestCase("console.txt")]
    [TestCase("com10")]
    [TestCase("nul-1")]
    [TestCase("語/é/\ud83d\ude00.wav")]
    public void An_ordinary_path_has_none(string path) => Assert.That(EntryPath.FaultOf(path), Is.Null);

    [Test]
    public void Parts_and_paths_have_a_greatest_length()
    {
        Assert.That(EntryPath.FaultOf(new string('a', 255)), Is.Null);
        Assert.That(EntryPath.FaultOf(new string('é', 128)), Does.Contain("longer than 255 bytes"));
        Assert.That(EntryPath.FaultOf(string.Join('/', Enumerable.Repeat("abcdefg", 257))), Does.Contain("longer than 2048 bytes"));
    }

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public bool What_has_no_fault_stays_in_its_folder_under_its_own_name(byte[] choice)
    {
        var path = string.Concat(choice.Select(index => Pieces[index % Pieces.Length]));
        return EntryPath.FaultOf(path) is not null ||
            Path.GetRelativePath("/root/folder", Path.GetFullPath(Path.Combine("/root/folder", path))) == path;
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool A_name_has_the_faults_of_a_path_and_is_no_path(byte[] choice)
    {
        var path = string.Concat(choice.Select(index => Pieces[index % Pieces.Length]));
        return EntryPath.FaultOfName(path) is null == (EntryPath.FaultOf(path) is null && !path.Contains('/'));
    }
}
