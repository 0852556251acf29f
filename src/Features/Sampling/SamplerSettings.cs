using Tmrvc.Configuration;

namespace Tmrvc.Features;

public sealed record SamplerSettings : IValidated
{
    /// <summary>Utterances per batch.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Longer utterances are cropped to this many frames, at a random position.</summary>
    public int MaxFrames { get; init; } = 400;

    /// <summary>Shorter utterances are left out.</summary>
    public int MinFrames { get; init; } = 50;

    /// <summary>Width of a length bucket in frames: utterances of one bucket are batched together.</summary>
    public int BucketFrames { get; init; } = 40;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (BatchSize < 1)
            yield return ("batch_size", $"found {BatchSize}, 1 or more is allowed");
        if (MinFrames < 1)
            yield return ("min_frames", $"found {MinFrames}, 1 or more is allowed");
        if (MaxFrames < MinFrames)
            yield return ("max_frames", $"found {MaxFrames}, min_frames ({MinFrames}) or more is allowed");
        if (BucketFrames < 1)
            yield return ("bucket_frames", $"found {BucketFrames}, 1 or more is allowed");
    }
}
