using Tmrvc.Features;

namespace Tmrvc.Training;

/// <summary>Values of one item of a batch, which has its own length, in the arrays of the whole batch.</summary>
internal static class FeatureRows
{
    /// <param name="values">[rows, length].</param>
    /// <param name="target">[B, rows, T].</param>
    public static void PutRows(this FeatureBatch batch, ReadOnlySpan<float> values, int item, float[] target)
    {
        var (length, rows) = ((int)batch.Lengths[item], target.Length / (batch.Size * batch.Frames));
        for (var row = 0; row < rows; row++)
            values.Slice(row * length, length).CopyTo(target.AsSpan((item * rows + row) * batch.Frames));
    }

    /// <param name="values">[B, rows, T].</param>
    /// <returns>[rows, length].</returns>
    public static float[] TakeRows(this FeatureBatch batch, float[] values, int item)
    {
        var (length, rows) = ((int)batch.Lengths[item], values.Length / (batch.Size * batch.Frames));
        return [.. Enumerable.Range(0, rows).SelectMany(row => values.AsSpan((item * rows + row) * batch.Frames, length).ToArray())];
    }
}
