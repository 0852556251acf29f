namespace Tmrvc.Training;

/// <summary>The pairs of noise and speech that a teacher is straightened by (Liu et al., 2023).</summary>
public sealed record ReflowPairsSettings : KeptRenditionSettings;
