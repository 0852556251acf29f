using System.Numerics.Tensors;

namespace Tmrvc.Features;

/// <summary>
/// Where frames of the mel lie among those that content is kept in: frame f at <paramref name="First"/> + f/<paramref name="Every"/>, held
/// within them, linearly between two.
/// </summary>
/// <param name="Every">Frames of the mel for one that is kept, 1 or more.</param>
public sealed record ContentGrid(double First, int Every)
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
        var from = Math.Clamp((int)Math.Floor(Place(start)), 0, count - 1);
        var to = Math.Clamp((int)Math.Floor(Place(start + frames - 1)) + 1, 0, count - 1);
        var around = new float[to - from + 1];
        for (var row = 0; row < rows; row++)
        {
            TensorPrimitives.ConvertToSingle(kept.Slice(row * count + from, around.Length), around);
            for (var phase = 0; phase < Math.Min(Every, frames); phase++)
                Interpolate(around, from, Place(start + phase), content.Slice(row * stride + phase, frames - phase));
        }
    }

    private double Place(int frame) => First + frame / (double)Every;

    /// <summary>Every so many frames of a row, whose places are a whole step apart: all of one share.</summary>
    /// <param name="around">Values from the place <paramref name="from"/> on, up to the last that is touched.</param>
    private void Interpolate(ReadOnlySpan<float> around, int from, double place, Span<float> row)
    {
        var (before, share) = ((int)Math.Floor(place) - from, (float)(place - Math.Floor(place)));
        var (frame, inside) = (0, around.Length - 1);
        for (; before < 0 && frame < row.Length; before++, frame += Every)
            row[frame] = around[0];
        for (; before < inside && frame < row.Length; before++, frame += Every)
            row[frame] = around[before] + share * (around[before + 1] - around[before]);
        for (; frame < row.Length; frame += Every)
            row[frame] = around[^1];
    }
}
