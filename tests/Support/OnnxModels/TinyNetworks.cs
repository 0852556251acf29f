namespace Tmrvc.Support;

/// <summary>
/// Networks that have the signatures of the published ones and weights that are known, so that what they give can be computed otherwise.
/// </summary>
public static class TinyNetworks
{
    private const int ContentSize = 768;
    private const int ContentWindow = 400;
    private const int Bands = 128;
    private const int Bins = 360;
    private const int EmbeddingSize = 192;
    private const int FilterbankBands = 80;

    /// <summary>audio [1, 1, N] → content [1, T, 768]: row c is the cosine of order c over each window of 400 samples, every 320.</summary>
    public static byte[] ContentVec() => new OnnxModel()
        .Input("source", OnnxModel.Float, "1", "1", "samples")
        .Constant("weight", [.. from row in Enumerable.Range(0, ContentSize) from n in Enumerable.Range(0, ContentWindow) select (float)ContentWeight(row, n)],
            ContentSize, 1, ContentWindow)
        .Node("Conv", ["source", "weight"], "rows", ("strides", [320]))
        .Node("Transpose", ["rows"], "embed", ("perm", [0, 2, 1]))
        .Output("embed", OnnxModel.Float, "1", "frames", $"{ContentSize}")
        .ToArray();

    /// <summary>The weight of sample n of the window in row c of content: cos(π·c·(n + ½)/400)/400.</summary>
    public static double ContentWeight(int row, int sample) => Math.Cos(Math.PI * row * (sample + 0.5) / ContentWindow) / ContentWindow;

    /// <summary>log-mel [1, 128, T] → salience [1, T, 360]: the logistic function of the bands' mean under <see cref="SalienceWeight"/>.</summary>
    public static byte[] Rmvpe() => new OnnxModel()
        .Input("mel", OnnxModel.Float, "batch", $"{Bands}", "frames")
        .Constant("weight", [.. from bin in Enumerable.Range(0, Bins) from band in Enumerable.Range(0, Bands) select (float)SalienceWeight(bin, band)],
            Bins, Bands, 1)
        .Node("Conv", ["mel", "weight"], "rows")
        .Node("Sigmoid", ["rows"], "salience")
        .Node("Transpose", ["salience"], "hidden", ("perm", [0, 2, 1]))
        .Output("hidden", OnnxModel.Float, "batch", "frames", $"{Bins}")
        .ToArray();

    /// <summary>How much a band counts in a bin of salience: all where the bin's frequency is the band's centre, linearly less to its neighbours.</summary>
    public static double SalienceWeight(int bin, int band)
    {
        var hertz = 10 * Math.Pow(2, (20.0 * bin + 1997.3794084376191) / 1200);
        var place = (Mel(hertz) - Mel(30)) / ((Mel(8000) - Mel(30)) / (Bands + 1)) - 1;
        return Math.Max(0, 1 - Math.Abs(place - band));
    }

    /// <summary>filterbank [1, T, 80] → [1, 192]: mean squares of the bands under <see cref="SpeakerWeight"/>.</summary>
    public static byte[] Ecapa() => new OnnxModel()
        .Input("features", OnnxModel.Float, "1", "frames", $"{FilterbankBands}")
        .Input("feature_lens", OnnxModel.Float, "1")
        .Constant("weight", [.. from band in Enumerable.Range(0, FilterbankBands) from row in Enumerable.Range(0, EmbeddingSize) select (float)SpeakerWeight(row, band)],
            FilterbankBands, EmbeddingSize)
        .Constant("time", [1L], 1)
        .Node("Mul", ["features", "features"], "squares")
        .Node("ReduceMean", ["squares", "time"], "means", ("keepdims", [0]))
        .Node("MatMul", ["means", "weight"], "row")
        .Node("Mul", ["row", "feature_lens"], "embedding")
        .Output("embedding", OnnxModel.Float, "1", $"{EmbeddingSize}")
        .ToArray();

    /// <summary>cos(π·r·(b + ½)/80)</summary>
    public static double SpeakerWeight(int row, int band) => Math.Cos(Math.PI * row * (band + 0.5) / FilterbankBands);

    /// <summary>waveform [B, N] → score [B]: the mean square.</summary>
    public static byte[] Utmos() => new OnnxModel()
        .Input("wave", OnnxModel.Float, "batch", "samples")
        .Constant("time", [1L], 1)
        .Node("Mul", ["wave", "wave"], "squares")
        .Node("ReduceMean", ["squares", "time"], "score", ("keepdims", [0]))
        .Output("score", OnnxModel.Float, "batch")
        .ToArray();

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);
}
