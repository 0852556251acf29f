using System.Globalization;

namespace Tmrvc.Benchmarks.Transfer;

/// <summary>How a set is to be moved: as we do, or as one would with the library alone.</summary>
internal enum Way
{
    Ours,

    /// <summary>One blob per file.</summary>
    EachFile,

    /// <summary>Each file as parallel blocks.</summary>
    Blocks,
}

/// <summary>One push into an empty container and one pull from it, for a process of its own: one line of text.</summary>
/// <param name="BlockBytes">Of <see cref="Way.Blocks"/>; 0 for the others.</param>
/// <param name="Container">With a signature.</param>
/// <param name="Target">An empty folder, on this machine.</param>
internal sealed record Round(Way Way, int BlockBytes, string Container, string Target)
{
    public static Round Parse(string line)
    {
        var words = line.Split(' ', 4);
        return new Round(Enum.Parse<Way>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture), words[2], words[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Way} {BlockBytes} {Container} {Target}");
}

/// <summary>What a round came to: one line of text.</summary>
/// <param name="Push">Seconds.</param>
/// <param name="Pull">Seconds.</param>
/// <param name="Mebibytes">The most memory that the process has held since it started.</param>
internal sealed record Measured(double Push, double Pull, double Mebibytes)
{
    public static Measured Parse(string line)
    {
        var numbers = Array.ConvertAll(line.Split(' '), word => double.Parse(word, CultureInfo.InvariantCulture));
        return new Measured(numbers[0], numbers[1], numbers[2]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Push} {Pull} {Mebibytes}");
}
