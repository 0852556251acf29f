namespace Tmrvc.ArtifactStore.Tests;

public sealed class ClashingNamesTests
{
    private static readonly string[] Parts = ["a", "A", "b", "a-", "é", "É"];

    private static bool IsFree(IEnumerable<string> paths)
    {
        var names = new ClashingNames();
        return paths.All(names.TryAdd);
    }

    [TestCase(true, "a", "b")]
    [TestCase(true, "a/x", "a/y", "b/x")]
    [TestCase(true, "a/a", "b/a")]
    [TestCase(false, "A", "a")]
    [TestCase(false, "Data/x", "data/y")]
    [TestCase(false, "É", "é")]
    [TestCase(false, "a", "a-b", "a/b")]
    [TestCase(false, "a/b", "a/b")]
    [TestCase(false, "x/a", "x/a-", "x/a/b")]
    public void Names_that_cannot_stand_side_by_side_are_found(bool isFree, params string[] paths) =>
        Assert.That(IsFree(paths), Is.EqualTo(isFree));

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public bool As_a_comparison_of_all_with_all_finds_them(byte[] choice)
    {
        string[] paths = [.. choice.Select(PathOf).Distinct().OrderBy(path => path, new ByBytes())];
        return IsFree(paths) == !paths.Any(path => paths.Any(other => Clash(path, other)));
    }

    /// <summary>One to three parts.</summary>
    private static string PathOf(byte choice) => string.Join('/', new[] { choice % 6, choice / 6 % 6, choice / 36 % 6 }[..(1 + choice % 3)].Select(part => Parts[part]));

    /// <summary>Equal but for case where both have a part, and not the same folder.</summary>
    private static bool Clash(string path, string other)
    {
        if (path == other)
            return false;
        var (parts, others) = (path.Split('/'), other.Split('/'));
        for (var depth = 0; depth < Math.Min(parts.Length, others.Length); depth++)
        {
            if (!parts[depth].Equals(others[depth], StringComparison.OrdinalIgnoreCase))
                return false;
            if (parts[depth] != others[depth] || (depth == parts.Length - 1) != (depth == others.Length - 1))
                return true;
        }
        return false;
    }

    private sealed class ByBytes : IComparer<string>
    {
        public int Compare(string? x, string? y) =>
            System.Text.Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y!));
    }
}
