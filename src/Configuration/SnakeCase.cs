using System.Text;

namespace Tmrvc.Configuration;

/// <summary>How a property or enum member is written in YAML: <c>MelFmin</c> is <c>mel_fmin</c>, <c>F0Shift</c> is <c>f0_shift</c>.</summary>
public static class SnakeCase
{
    public static string Of(string pascalCase)
    {
        var text = new StringBuilder(pascalCase.Length + 8);
        foreach (var letter in pascalCase)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
