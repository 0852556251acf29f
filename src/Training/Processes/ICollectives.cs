using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What processes that train one model do together; every one calls the same methods in the same order.</summary>
/// <remarks>Methods throw <see cref="System.Runtime.InteropServices.ExternalException"/> when another process is gone.</remarks>
internal interface ICollectives : IDisposable
{
    /// <summary>In place, over all processes.</summary>
    void Sum(Tensor tensor);

    /// <summary>In place, from rank 0 to all.</summary>
    void Spread(Tensor tensor);

    IGradientSums SumsOf(IReadOnlyList<Tensor> parameters);
}

/// <summary>Sums gradients over all processes.</summary>
internal interface IGradientSums : IDisposable
{
    /// <summary>From now on gradients leave as backward computes them.</summary>
    void Begin();

    /// <summary>Waits for the sums.</summary>
    /// <returns>Seconds in which gradients were on their way, and of those the ones before this call.</returns>
    (double Travelling, double Hidden) End();
}
