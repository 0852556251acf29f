namespace Tmrvc.Evaluation;

/// <summary>
/// Linear discriminant analysis (Fisher, 1936): Gaussians of equal covariance, which is drawn a little towards its diagonal. Knows nothing of speech.
/// </summary>
public sealed class SpeakerDiscriminant
{
    private const double Shrinkage = 0.05;

    private readonly int[] _classes;
    private readonly double[][] _weights;
    private readonly double[] _offsets;

    /// <param name="examples">Of two classes or more; more of them than features and classes together.</param>
    public SpeakerDiscriminant(IReadOnlyList<(int Class, double[] Features)> examples)
    {
        var groups = examples.GroupBy(example => example.Class).OrderBy(group => group.Key).ToList();
        _classes = [.. groups.Select(group => group.Key)];
        double[][] means = [.. groups.Select(group => Mean([.. group.Select(example => example.Features)]))];
        var factor = CholeskyFactor(Covariance([.. groups.SelectMany((group, i) => group.Select(example => Difference(example.Features, means[i])))]));
        _weights = Array.ConvertAll(means, mean => Solve(factor, mean));
        _offsets = [.. means.Zip(_weights, (mean, weights) => -Dot(mean, weights) / 2)];
    }

    /// <summary>The most probable class, all being as frequent.</summary>
    public int Classify(double[] features) =>
        _classes[Enumerable.Range(0, _classes.Length).MaxBy(i => Dot(features, _weights[i]) + _offsets[i])];

    private static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => row[i]))];

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double[,] Covariance(double[][] deviations)
    {
        var size = deviations[0].Length;
        var covariance = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                covariance[i, j] = (i == j ? 1 : 1 - Shrinkage) * deviations.Average(row => row[i] * row[j]);
        return covariance;
    }

    /// <summary>L with L·Lᵀ = <paramref name="matrix"/>, lower triangular.</summary>
    private static double[,] CholeskyFactor(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var factor = new double[size, size];
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j];
                for (var k = 0; k < j; k++)
                    rest -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        return factor;
    }

    private static double[] Solve(double[,] factor, double[] right)
    {
        var solution = (double[])right.Clone();
        for (var i = 0; i < solution.Length; i++)
        {
            for (var k = 0; k < i; k++)
                solution[i] -= factor[i, k] * solution[k];
            solution[i] /= factor[i, i];
        }
        for (var i = solution.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < solution.Length; k++)
                solution[i] -= factor[k, i] * solution[k];
            solution[i] /= factor[i, i];
        }
        return solution;
    }
}
