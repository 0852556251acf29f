namespace Tmrvc.Configuration;

/// <summary>Where a setting was written.</summary>
/// <param name="Source">A file as the user knows it, or the option, such as <c>--set phases.0.lr=4e-5</c>.</param>
/// <param name="Line">From 1; 0 when the source has no lines.</param>
/// <param name="Column">From 1; 0 when the source has no lines.</param>
public readonly record struct SourcePosition(string Source, int Line, int Column) : IComparable<SourcePosition>
{
    public int CompareTo(SourcePosition other)
    {
        var bySource = string.CompareOrdinal(Source, other.Source);
        return bySource != 0 ? bySource : (Line, Column).CompareTo((other.Line, other.Column));
    }

    /// <summary>The form that editors and terminals follow: <c>file:line:column</c>.</summary>
    public override string ToString() => Line == 0 ? Source : $"{Source}:{Line}:{Column}";
}
