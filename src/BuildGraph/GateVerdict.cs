namespace Tmrvc.BuildGraph;

/// <summary>A gate's decision, with every number it rests on.</summary>
public sealed record GateVerdict(IReadOnlyList<GateCheck> Checks)
{
    public bool Passed => Checks.All(check => check.Passed);
}

/// <param name="Name">What was measured, with its unit.</param>
/// <param name="Found">The measured value, formatted.</param>
/// <param name="Allowed">The bar, formatted, such as <c>≥ 0.88</c>.</param>
public sealed record GateCheck(string Name, string Found, string Allowed, bool Passed);
