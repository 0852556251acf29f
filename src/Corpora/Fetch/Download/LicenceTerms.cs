namespace Tmrvc.Corpora;

/// <summary>What a person agrees to by using the files.</summary>
public sealed record LicenceTerms
{
    /// <summary>Such as <c>CC BY 4.0</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it can be read, and accepted where that is asked for.</summary>
    public string Page { get; init; } = "";

    /// <summary>
    /// Whether the files, and what holds their content, may be passed on. Where not, they never reach a shared cache; what was trained on
    /// them may. Said later, it holds from then on: what a shared cache has already stays there until someone deletes it.
    /// </summary>
    public bool Redistributable { get; init; } = true;
}
