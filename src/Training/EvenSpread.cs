namespace Tmrvc.Training;

internal static class EvenSpread
{
    /// <summary>At most so many, at equal distances and in their order: some of every corpus, where one follows the other.</summary>
    public static IEnumerable<T> Evenly<T>(this IReadOnlyList<T> all, int most)
    {
        var wanted = Math.Min(all.Count, most);
        return Enumerable.Range(0, wanted).Select(n => all[(int)((long)n * all.Count / wanted)]);
    }
}
