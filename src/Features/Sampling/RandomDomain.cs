namespace Tmrvc.Features;

/// <summary>The first coordinate of random numbers: draws for different things are independent though the seed may be one.</summary>
internal enum RandomDomain
{
    OrderOfUtterances,
    OrderOfBatches,
    Crops,
    Augmentation,
    Noises,
}
