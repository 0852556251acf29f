using System.Numerics.Tensors;

namespace Tmrvc.Features;

/// <summary>Statistics over one speaker's utterances: those of the training split where there are any, else all that are held out.</summary>
public sealed record SpeakerStatistics
{
    /// <summary>Mean of each content coefficient over all frames, [D].</summary>
    public required float[] ContentMean { get; init; }

    /// <summary>Standard deviation of each content coefficient over all frames, [D], above 0.</summary>
    public required float[] ContentDeviation { get; init; }

    /// <summary>Mean of ln(F0 in Hz) over voiced frames; 0 without any.</summary>
    public required double LogF0Mean { get; init; }

    /// <summary>Standard deviation of ln(F0 in Hz) over voiced frames; 0 without any.</summary>
    public required double LogF0Deviation { get; init; }

    public required long Frames { get; init; }

    public required long VoicedFrames { get; init; }

    /// <summary>The largest distance of a coefficient's mean from zero, in its deviations: half precision costs 2⁻¹¹ of that.</summary>
    internal double LargestOffset() => ContentMean.Zip(ContentDeviation, (mean, deviation) => Math.Abs(mean) / (double)deviation).DefaultIfEmpty().Max();

    /// <summary>Takes content to zero mean and unit deviation per coefficient, in place.</summary>
    /// <param name="content">[D, <paramref name="stride"/>].</param>
    /// <param name="frames">Leading frames of each row to be normalised; those after are left as they are.</param>
    public void NormalizeContent(Span<float> content, int stride, int frames)
    {
        for (var d = 0; d < ContentMean.Length; d++)
        {
            var row = content.Slice(d * stride, frames);
            TensorPrimitives.Subtract(row, ContentMean[d], row);
            TensorPrimitives.Divide(row, ContentDeviation[d], row);
        }
    }
}
