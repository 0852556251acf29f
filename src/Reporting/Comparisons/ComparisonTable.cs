namespace Tmrvc.Reporting;

/// <summary>Values of two results side by side.</summary>
public sealed record ComparisonTable(string Title, IReadOnlyList<ComparisonRow> Rows);

/// <param name="Left">Empty where that result has none.</param>
public sealed record ComparisonRow(string Name, string Left, string Right)
{
    public bool Differs => Left != Right;
}
