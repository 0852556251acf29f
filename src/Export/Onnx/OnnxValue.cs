namespace Tmrvc.Export;

/// <summary>A tensor inside an <see cref="OnnxGraph"/>: an input, a constant, or what a node gives.</summary>
public readonly record struct OnnxValue(string Name)
{
    /// <summary>An optional input that is left out.</summary>
    public static readonly OnnxValue None = new("");

    public override string ToString() => Name;
}
