namespace Tmrvc.Export;

/// <summary>Which files a student is exported to.</summary>
public sealed record ExportSettings
{
    /// <summary>Also the converter that sees 60 ms of the future.</summary>
    public bool HighQuality { get; init; } = true;
}
