namespace Tmrvc.Reporting;

/// <summary>Fixed validation utterances as the model makes them, beside what they should be.</summary>
public sealed record EvaluationContent
{
    /// <summary>What was evaluated, such as <c>Phase0</c>.</summary>
    public required string Stage { get; init; }
    public required MelAxes Axes { get; init; }
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }
    public required IReadOnlyList<SampleContent> Samples { get; init; }

    /// <summary>Compared in a table; null where there is one only.</summary>
    public IReadOnlyList<SystemContent>? Systems { get; init; }
}

/// <summary>One of several that said the same.</summary>
/// <param name="Note">How it comes to be heard; may be empty.</param>
/// <param name="Figures">Those of one name are compared.</param>
public sealed record SystemContent(string Name, string Note, IReadOnlyList<Figure> Figures);

/// <summary>What a picture's rows, columns and levels mean; one scale for all pictures of an evaluation.</summary>
/// <param name="SecondsPerFrame">Width of a column.</param>
/// <param name="MelFmin">Hertz, lower edge of the lowest band (HTK mel).</param>
/// <param name="MelFmax">Hertz, upper edge of the highest band.</param>
/// <param name="Lowest">Natural-log power shown as level 0; anything below too.</param>
/// <param name="Highest">Natural-log power shown as level 255; anything above too.</param>
public sealed record MelAxes(double SecondsPerFrame, double MelFmin, double MelFmax, double Lowest, double Highest);

/// <param name="Unit">Empty for a ratio.</param>
/// <param name="Note">How it was measured; may be empty.</param>
public sealed record Figure(string Name, double? Value, string Unit, string Note)
{
    /// <summary>Of a mean: over how many values.</summary>
    public int? Count { get; init; }

    /// <summary>Of a mean, in its unit.</summary>
    public double? StandardError { get; init; }
}

public sealed record SampleContent
{
    public required string Id { get; init; }

    /// <summary><c>reconstruction</c> or <c>conversion</c>.</summary>
    public required string Kind { get; init; }
    public required string Speaker { get; init; }

    /// <summary>Whose voice was asked for; empty for a reconstruction.</summary>
    public required string TargetSpeaker { get; init; }

    /// <summary>Transcript; may be empty.</summary>
    public required string Text { get; init; }
    public required IReadOnlyList<SignalContent> Signals { get; init; }
    public required IReadOnlyList<Figure> Figures { get; init; }
}

/// <param name="Role">target, generated, source, reference, vocoded, or the name of one of <see cref="EvaluationContent.Systems"/>.</param>
/// <param name="Note">How it was made; may be empty.</param>
public sealed record SignalContent(string Role, string Note, MelPicture? Mel, AudioClip? Audio);

/// <param name="Levels">[Bins, Frames] row-major, lowest band first; 0–255 between the ends of <see cref="MelAxes"/>.</param>
public sealed record MelPicture(int Bins, int Frames, byte[] Levels);

/// <param name="Sound">Names it in <see cref="ReportContent.Sounds"/>, which lacks it when the page's share for sounds was spent.</param>
public sealed record AudioClip(string MediaType, long Bytes, string Sound);
