using System.Globalization;
using System.Xml.Linq;

namespace Tmrvc.Build.Services;

/// <summary>Counts of test results over all projects, from the .trx files that <c>dotnet test</c> leaves.</summary>
internal sealed record TrxTotals(int Passed, int Failed, int Skipped)
{
    /// <summary>Every .trx file of the folder. A file without counters is refused: its results are unknown.</summary>
    /// <exception cref="InvalidDataException">A file is no test result.</exception>
    public static TrxTotals OfFolder(string folder) => Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories)
        .Select(OfFile)
        .Aggregate(new TrxTotals(0, 0, 0), (sum, one) => new(sum.Passed + one.Passed, sum.Failed + one.Failed, sum.Skipped + one.Skipped));

    public override string ToString() => Skipped == 0 ? $"{Passed} passed, {Failed} failed" : $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    private static TrxTotals OfFile(string path)
    {
        var counters = XDocument.Load(path).Descendants().FirstOrDefault(element => element.Name.LocalName == "Counters")
            ?? throw new InvalidDataException($"{path}: expected a test result with counters, found none.");
        int Count(string name) => int.Parse(counters.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
        var passed = Count("passed");
        var skipped = Count("total") - Count("executed");
        return new TrxTotals(passed, Count("total") - passed - skipped, skipped);
    }
}
