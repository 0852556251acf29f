using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Optimal transport within a batch: which noise goes with which utterance.</summary>
internal static class MinibatchTransport
{
    /// <summary>Reorders noise so that Σ mask·(x0 − ε)² over the batch is least.</summary>
    /// <param name="clean">[B, C, T].</param>
    /// <param name="noise">[B, C, T].</param>
    /// <param name="mask">[B, 1, T]; null when nothing is padded.</param>
    public static Tensor Pair(Tensor clean, Tensor noise, Tensor? mask)
    {
        var order = Assignment.Solve(Costs(clean, noise, mask));
        return noise.index_select(0, tensor([.. order.Select(i => (long)i)], [order.Length], device: noise.device));
    }

    /// <summary>[utterance, noise], without the part that does not depend on the noise.</summary>
    private static double[,] Costs(Tensor clean, Tensor noise, Tensor? mask)
    {
        var size = (int)clean.shape[0];
        var inside = (mask ?? ones_like(clean)).expand(clean.shape).reshape(size, -1);
        var data = clean.reshape(size, -1) * inside;
        var drawn = noise.reshape(size, -1);
        var squared = inside.matmul(drawn.square().transpose(0, 1)) - 2 * data.matmul(drawn.transpose(0, 1));
        var values = squared.cpu().contiguous().data<float>().ToArray();
        var costs = new double[size, size];
        for (var i = 0; i < values.Length; i++) costs[i / size, i % size] = values[i];
        return costs;
    }
}
