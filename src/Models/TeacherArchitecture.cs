using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>The shape of a teacher. Two equal architectures have the same weights by name and shape.</summary>
public sealed record TeacherArchitecture(TeacherDimensions Dimensions) : IValidated
{
    /// <summary>Stride-2 steps down, and as many up.</summary>
    public const int Levels = 4;

    /// <summary>Channels after each step down, outermost first; the full-rate level has as many as the first.</summary>
    public required IReadOnlyList<int> Channels { get; init; }

    /// <summary>Width of the projected content, of the time embedding and of the bottleneck.</summary>
    public required int Hidden { get; init; }

    public required ConditionPath Conditions { get; init; }

    /// <summary>Factor on t ∈ [0, 1] before its sinusoidal embedding, whose fastest rate is 1 rad.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>
    /// Deviation σ that normalised mel is taken to keep once its conditions are known; 0 switches the linear skip off. With it the
    /// output is added to the velocity that is linear in x_t and best for independent data of that deviation (after the
    /// preconditioning of Karras et al., 2022): noise need not pass through the network to be predicted.
    /// </summary>
    public double LinearSkipDeviation { get; init; }

    /// <summary>17.2 M parameters with 768 content features.</summary>
    public static TeacherArchitecture Upstream(TeacherDimensions dimensions) => new(dimensions)
    {
        Channels = [128, 256, 384, 512],
        Hidden = 512,
        Conditions = ConditionPath.Bottleneck,
    };

    /// <summary>About 80 M parameters, for a GPU.</summary>
    public static TeacherArchitecture Base(TeacherDimensions dimensions) => new(dimensions)
    {
        Channels = [256, 512, 768, 1024],
        Hidden = 864,
        Conditions = ConditionPath.EveryLevel,
        TimeScale = 1000,
        LinearSkipDeviation = 0.3,
    };

    /// <summary>About 3.7 M parameters: trains on a CPU in minutes.</summary>
    public static TeacherArchitecture Tiny(TeacherDimensions dimensions) => new(dimensions)
    {
        Channels = [96, 128, 160, 192],
        Hidden = 160,
        Conditions = ConditionPath.EveryLevel,
        TimeScale = 1000,
        LinearSkipDeviation = 0.3,
    };

    /// <exception cref="ArgumentException">There is no preset of that name.</exception>
    public static TeacherArchitecture Preset(string name, TeacherDimensions dimensions) => name switch
    {
        "upstream" => Upstream(dimensions),
        "base" => Base(dimensions),
        "tiny" => Tiny(dimensions),
        _ => throw new ArgumentException($"Teacher preset '{name}': upstream, base and tiny are allowed.", nameof(name)),
    };

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Channels.Count != Levels)
            yield return ("channels", $"{Channels.Count} levels, {Levels} are allowed.");
        foreach (var width in Channels.Append(Hidden).Where(width => width < 1 || width % Dimensions.Heads != 0))
            yield return ("channels", $"Width {width}: a positive multiple of the {Dimensions.Heads} heads is allowed.");
        foreach (var width in Channels.Append(Hidden).Where(width => width > 0 && width % 32 != 0 && 32 % width != 0))
            yield return ("channels", $"Width {width}: a multiple or a divisor of the 32 normalisation groups is allowed.");
        if (Hidden % 2 != 0)
            yield return ("hidden", $"{Hidden}: an even number is allowed, half of it sines and half cosines.");
        if (Dimensions is not { Mels: > 0, Content: > 0, Speaker: > 0, IrParameters: > 0, Heads: > 0 })
            yield return ("dimensions", $"{Dimensions}: every dimension must be positive.");
        if (!(TimeScale > 0))
            yield return ("time_scale", $"{TimeScale}: a positive number is allowed.");
        if (!(LinearSkipDeviation >= 0))
            yield return ("linear_skip_deviation", $"{LinearSkipDeviation}: 0 (off) or more is allowed.");
    }

    internal TeacherArchitecture Validated()
    {
        var mistakes = Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").ToList();
        return mistakes.Count == 0 ? this : throw new ArgumentException($"Teacher architecture: {string.Join(" ", mistakes)}");
    }
}
