namespace Tmrvc.Training.Tests.Support;

public static class Interruptions
{
    /// <summary>Different steps, each 1 or more, in order.</summary>
    public static IReadOnlyList<int> Draw(int seed, int count, int before)
    {
        var random = new Random(seed);
        var drawn = new SortedSet<int>();
        while (drawn.Count < count) drawn.Add(random.Next(1, before));
        return [.. drawn];
    }
}
