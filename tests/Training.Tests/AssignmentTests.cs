using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class AssignmentTests
{
    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool No_permutation_costs_less(int seed, byte size)
    {
        var random = new Random(seed);
        var costs = new double[size % 6 + 1, size % 6 + 1];
        for (var i = 0; i < costs.Length; i++) costs[i / costs.GetLength(0), i % costs.GetLength(0)] = random.Next(-20, 20);
        var found = Assignment.Solve(costs);
        var least = Permutations([.. Enumerable.Range(0, costs.GetLength(0))]).Min(p => Cost(costs, p));
        return found.Distinct().Count() == found.Length && Cost(costs, found) == least;
    }

    [Test]
    public void Noise_goes_to_the_utterance_it_lies_nearest_to_inside_the_lengths()
    {
        var clean = tensor(new float[] { 0, 0, 5, 5 }, [2, 1, 2]);
        // By its first frame the first noise belongs to the second utterance; frame 1, where it does not, is padding.
        var noise = tensor(new float[] { 5, -90, 0, 90 }, [2, 1, 2]);
        var mask = tensor(new float[] { 1, 0, 1, 0 }, [2, 1, 2]);
        Assert.That(MinibatchTransport.Pair(clean, noise, mask).data<float>().ToArray(), Is.EqualTo(new float[] { 0, 90, 5, -90 }));
    }

    private static double Cost(double[,] costs, int[] columns) => columns.Select((column, row) => costs[row, column]).Sum();

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 1
        ? [values]
        : values.SelectMany(first => Permutations([.. values.Where(v => v != first)]).Select(rest => (int[])[first, .. rest]));
}
