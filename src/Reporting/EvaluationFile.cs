namespace Tmrvc.Reporting;

/// <summary><c>evaluation.json</c> as the evaluation stage leaves it. Names of mels are tensors of <c>mels.safetensors</c>.</summary>
internal sealed record EvaluationFile
{
    public required string Stage { get; init; }

    /// <summary>Hertz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>Samples per frame step.</summary>
    public required int HopLength { get; init; }

    /// <summary>Hertz.</summary>
    public required double MelFmin { get; init; }

    /// <summary>Hertz.</summary>
    public required double MelFmax { get; init; }

    public Dictionary<string, System.Text.Json.JsonElement>? Settings { get; init; }
    public IReadOnlyList<FigureText>? Figures { get; init; }
    public required IReadOnlyList<SampleText> Samples { get; init; }
    public IReadOnlyList<SystemText>? Systems { get; init; }
}

internal sealed record SystemText
{
    public required string Name { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<FigureText>? Figures { get; init; }
}

internal sealed record SampleText
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required string Speaker { get; init; }
    public string? TargetSpeaker { get; init; }
    public string? Text { get; init; }
    public required IReadOnlyList<SignalText> Signals { get; init; }
    public IReadOnlyList<FigureText>? Figures { get; init; }
}

internal sealed record SignalText
{
    public required string Role { get; init; }

    /// <summary>Tensor name; null when there is no picture.</summary>
    public string? Mel { get; init; }

    /// <summary>Path inside the folder; null when there is no sound.</summary>
    public string? Audio { get; init; }
    public string? Note { get; init; }
}

internal sealed record FigureText
{
    public required string Name { get; init; }
    public double? Value { get; init; }
    public string? Unit { get; init; }
    public string? Note { get; init; }
    public int? Count { get; init; }
    public double? StandardError { get; init; }
}
