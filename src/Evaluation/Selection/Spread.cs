namespace Tmrvc.Evaluation;

/// <summary>Takes some of many.</summary>
public static class Spread
{
    /// <summary>So many, evenly over their order; all where there are fewer.</summary>
    public static IReadOnlyList<T> Evenly<T>(IReadOnlyList<T> all, int count)
    {
        var taken = Math.Min(count, all.Count);
        return [.. Enumerable.Range(0, taken).Select(i => all[(2 * i + 1) * all.Count / (2 * taken)])];
    }

    /// <summary>So many in turns from each group, evenly over the group's order; in the order of <paramref name="all"/>.</summary>
    public static IReadOnlyList<T> OverGroups<T, TKey>(IReadOnlyList<T> all, int count, Func<T, TKey> group)
    {
        var groups = all.GroupBy(group).Select(members => members.ToList()).ToList();
        var shares = new int[groups.Count];
        for (var left = Math.Min(count, all.Count); left > 0;)
            for (var i = 0; i < groups.Count && left > 0; i++)
                if (shares[i] < groups[i].Count)
                    (shares[i], left) = (shares[i] + 1, left - 1);
        var taken = groups.SelectMany((members, i) => Evenly(members, shares[i])).ToHashSet();
        return [.. all.Where(taken.Contains)];
    }
}
