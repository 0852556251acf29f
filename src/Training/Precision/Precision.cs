namespace Tmrvc.Training;

/// <summary>How a phase's networks compute. Weights, moments, averages and losses are float32 in all of them.</summary>
public enum Precision
{
    Float32,

    /// <summary>Products on a GPU's tensor cores with 10 bits of mantissa; on a CPU the same as <see cref="Float32"/>.</summary>
    Tf32,

    /// <summary>Products in bfloat16 where libtorch's autocast takes them so, the others, and validations, on a GPU in TF32.</summary>
    Bf16,
}
