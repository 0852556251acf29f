using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>One summand of a phase's loss.</summary>
/// <param name="Value">Scalar, before weighting.</param>
public sealed record LossTerm(string Name, Tensor Value, double Weight = 1);

/// <summary>The loss of one micro-batch: the weighted sum of the returned terms is differentiated.</summary>
/// <param name="random">The only source of randomness an objective may use.</param>
public delegate IReadOnlyList<LossTerm> Objective<in TBatch>(TBatch batch, StepRandom random);
