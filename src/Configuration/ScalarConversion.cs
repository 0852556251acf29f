using System.Globalization;

namespace Tmrvc.Configuration;

/// <summary>Reads plain YAML text as a property's type. Independent of the machine's culture.</summary>
internal static class ScalarConversion
{
    /// <summary>What is allowed, for a message, such as <c>a whole number</c>; null when the type is no scalar.</summary>
    public static string? Allowed(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(float) => "a number",
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type).Select(SnakeCase.Of)),
        _ => null,
    };

    /// <summary>The value, or null when the text does not read as the type.</summary>
    public static object? Convert(ScalarNode node, Type type)
    {
        if (type == typeof(string))
            return node.Text;
        if (node.Quoted && !type.IsEnum)
            return null;
        return type switch
        {
            _ when type == typeof(bool) => node.Text switch { "true" => true, "false" => false, _ => null },
            _ when type == typeof(int) => Whole(node.Text) is { } whole and >= int.MinValue and <= int.MaxValue ? (int)whole : null,
            _ when type == typeof(long) => Whole(node.Text),
            _ when type == typeof(double) => Number(node.Text),
            _ when type == typeof(float) => Number(node.Text) is { } number ? (float)number : null,
            _ => Enum.GetValues(type).Cast<object>().FirstOrDefault(member => SnakeCase.Of(member.ToString()!) == node.Text),
        };
    }

    private static long? Whole(string text) =>
        long.TryParse(Ungrouped(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;

    private static double? Number(string text) =>
        double.TryParse(Ungrouped(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>100_000 as 100000; an underscore that does not stand between two digits stays, and fails.</summary>
    private static string Ungrouped(string text) => text.Contains('_') && IsGrouped(text) ? text.Replace("_", "") : text;

    private static bool IsGrouped(string text) => Enumerable.Range(0, text.Length)
        .Where(i => text[i] == '_')
        .All(i => i > 0 && i < text.Length - 1 && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]));
}
