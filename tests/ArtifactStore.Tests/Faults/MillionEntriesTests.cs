using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tmrvc.ArtifactStore.Tests.Faults;

/// <summary>A manifest of a million entries is looked at in bounded time and memory, whatever it holds.</summary>
public sealed partial class MillionEntriesTests
{
    private const int Entries = 1_000_000, MostMebibytes = 512;

    [TestCase("zzz", "is not as long as its objects")]
    [TestCase("zzz/../../escaped", "path 'zzz/../../escaped' leads out of the tree")]
    public async Task A_million_entries_are_refused_within_512_MiB(string last, string reason)
    {
        await using var shared = await FaultyContainer.CreateAsync();
        var set = await new Attacker(shared).PlantLargeTreeAsync(Manifest(last), Entries, Entries);
        var machine = Directory.CreateDirectory(shared.PathOf("machine")).FullName;

        using var process = CacheProcess.Start(shared, "pull", machine, set);
        var (code, output) = await process.EndAsync();

        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Match(reason));
        Assert.That(int.Parse(Peak().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), Is.LessThan(MostMebibytes));
    }

    /// <summary>Each entry has content of its own.</summary>
    private static byte[] Manifest(string last)
    {
        var names = Enumerable.Range(0, Entries - 1).Select(number => $"n{number:0000000}").Append(last).Order(StringComparer.Ordinal);
        var text = new StringBuilder("tree 1\n", Entries * 80);
        foreach (var name in names)
            text.Append(ContentHash.Of(Encoding.UTF8.GetBytes(name))).Append(" 1 ").Append(name).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    [GeneratedRegex(@"peak (\d+) MiB")]
    private static partial Regex Peak();
}
