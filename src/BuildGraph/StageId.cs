namespace Tmrvc.BuildGraph;

/// <summary>A stage's name: ASCII letters and digits, starting with a capital, such as <c>Phase1b</c>. Also its task's name.</summary>
/// <remarks>A class, not a struct: collections of it then share compiled code with those of strings, and a no-op compiles nothing.</remarks>
public sealed record StageId : IComparable<StageId>
{
    public StageId(string value)
    {
        if (!IsValid(value))
            throw new ArgumentException($"Stage id '{value}': letters and digits, starting with a capital, are allowed.", nameof(value));
        Value = value;
    }

    public string Value { get; }

    internal static bool IsValid(string value) =>
        value.Length > 0 && char.IsAsciiLetterUpper(value[0]) && value.All(char.IsAsciiLetterOrDigit);

    public int CompareTo(StageId? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    public static implicit operator StageId(string value) => new(value);
}
