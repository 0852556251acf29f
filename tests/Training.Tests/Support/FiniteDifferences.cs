namespace Tmrvc.Training.Tests.Support;

public static class FiniteDifferences
{
    /// <summary>Central differences of a function of many values.</summary>
    public static double[] Of(float[] at, Func<float[], double> function, float distance = 1e-2f)
    {
        double Moved(int index, float by)
        {
            var moved = (float[])at.Clone();
            moved[index] += by;
            return function(moved);
        }
        return [.. Enumerable.Range(0, at.Length).Select(i => (Moved(i, distance) - Moved(i, -distance)) / (2 * distance))];
    }
}
