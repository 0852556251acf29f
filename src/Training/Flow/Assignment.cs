namespace Tmrvc.Training;

/// <summary>The linear assignment problem, by shortest augmenting paths with potentials (Kuhn–Munkres, O(n³)).</summary>
internal static class Assignment
{
    /// <param name="costs">Square, finite.</param>
    /// <returns>For each row its column; every column once; the sum of the costs is least.</returns>
    public static int[] Solve(double[,] costs)
    {
        // Index 0 of rows and columns is a sentinel: rowOf[0] is the row being placed.
        var size = costs.GetLength(0);
        var (rowPotential, columnPotential) = (new double[size + 1], new double[size + 1]);
        var rowOf = new int[size + 1];
        for (var row = 1; row <= size; row++)
        {
            rowOf[0] = row;
            var (free, cameFrom) = ShortestPath(costs, rowOf, rowPotential, columnPotential);
            for (var column = free; column != 0; column = cameFrom[column]) rowOf[column] = rowOf[cameFrom[column]];
        }
        var columnOf = new int[size];
        for (var column = 1; column <= size; column++) columnOf[rowOf[column] - 1] = column - 1;
        return columnOf;
    }

    private static (int Free, int[] CameFrom) ShortestPath(double[,] costs, int[] rowOf, double[] rowPotential, double[] columnPotential)
    {
        var size = costs.GetLength(0);
        var distance = Enumerable.Repeat(double.PositiveInfinity, size + 1).ToArray();
        var visited = new bool[size + 1];
        var cameFrom = new int[size + 1];
        var current = 0;
        while (rowOf[current] != 0)
        {
            visited[current] = true;
            var row = rowOf[current];
            for (var column = 1; column <= size; column++)
            {
                if (visited[column]) continue;
                var reduced = costs[row - 1, column - 1] - rowPotential[row] - columnPotential[column];
                if (reduced < distance[column]) (distance[column], cameFrom[column]) = (reduced, current);
            }
            current = Nearest(distance, visited);
            Shift(distance[current], rowOf, visited, distance, rowPotential, columnPotential);
        }
        return (current, cameFrom);
    }

    private static int Nearest(double[] distance, bool[] visited) =>
        Enumerable.Range(1, distance.Length - 1).Where(column => !visited[column]).MinBy(column => distance[column]);

    private static void Shift(
        double step, int[] rowOf, bool[] visited, double[] distance, double[] rowPotential, double[] columnPotential)
    {
        for (var column = 0; column < visited.Length; column++)
        {
            if (!visited[column])
            {
                distance[column] -= step;
                continue;
            }
            rowPotential[rowOf[column]] += step;
            columnPotential[column] -= step;
        }
    }
}
