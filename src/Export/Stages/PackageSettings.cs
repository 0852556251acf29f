namespace Tmrvc.Export;

/// <summary>What is said about a student's files.</summary>
public sealed record PackageSettings
{
    /// <summary>When they were made, as whoever publishes them says; null says nothing.</summary>
    public string? Created { get; init; }
}
