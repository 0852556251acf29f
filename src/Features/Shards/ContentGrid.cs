using System.Numerics.Tensors;

namespace Tmrvc.Features;

/// <summary>
/// Where frames of the mel lie among those that content is kept in: frame f at <paramref name="First"/> + <paramref name="Step"/>·f, held
/// within them, linearly between two.
/// </summary>
/// <param name="Step">0 to 1: kept frames per frame of the mel.</param>
public sealed record ContentGrid(double First, double Step)
{
    /// <summary>Content is kept in the frames of the mel.</summary>
    public static ContentGrid OfMel { get; } = new(0, 1);

    /// <summary>Frames of the mel from <paramref name="start"/> on.</summary>
    /// <param name="kept">[D, K]</param>
    /// <param name="content">[D, stride], of which the first <paramref name="frames"/> of each row are written.</param>
    internal void Read(ReadOnlySpan<Half> kept, int rows, int start, int frames, Span<float> content, int stride)
    {
        var count = kept.Length / rows;
        if (this == OfMel)
        {
            for (var row = 0; row < rows; row++)
                TensorPrimitives.ConvertToSingle(kept.Slice(row * count + start, frames), content.Slice(row * stride, frames));
            return;
        }
        var places = Places(start, frames, count);
        var (first, last) = (places[0].Before, Math.Min(places[^1].Before + 1, count - 1));
        var around = new float[last - first + 1];
        for (var row = 0; row < rows; row++)
        {
            TensorPrimitives.ConvertToSingle(kept.Slice(row * count + first, around.Length), around);
            Interpolate(around, first, places, content.Slice(row * stride, frames));
        }
    }

    private (int Before, float Share)[] Places(int start, int frames, int count)
    {
        var places = new (int, float)[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var place = Math.Clamp(First + Step * (start + frame), 0, count - 1);
            places[frame] = ((int)place, (float)(place - (int)place));
        }
        return places;
    }

    private static void Interpolate(float[] around, int first, (int Before, float Share)[] places, Span<float> row)
    {
        for (var frame = 0; frame < row.Length; frame++)
        {
            var (before, share) = places[frame];
            var left = around[before - first];
            row[frame] = left + share * (around[Math.Min(before - first + 1, around.Length - 1)] - left);
        }
    }
}
