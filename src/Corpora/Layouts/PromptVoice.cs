using System.Text.RegularExpressions;

namespace Tmrvc.Corpora;

/// <summary>What a voice folder's name says: <c>en_US_f_Allison</c>.</summary>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Region">ISO 3166-1.</param>
/// <param name="Sex"><c>f</c> or <c>m</c>.</param>
/// <param name="Name">The speaker; one name is one person, in whatever language.</param>
internal sealed partial record PromptVoice(string Language, string Region, char Sex, string Name)
{
    /// <summary>Null when the name has another form.</summary>
    internal static PromptVoice? Parse(string folder)
    {
        var match = Form().Match(folder);
        return match.Success
            ? new PromptVoice(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value[0], match.Groups[4].Value)
            : null;
    }

    /// <summary>
    /// As the packages' copyright file has it: the voices given by Carlo Flora and Maxim Topal are CC BY, all others CC BY-SA.
    /// </summary>
    internal string Licence => Name is "Carlo" or "IvrvoiceRU" ? "CC-BY-3.0" : "CC-BY-SA-3.0";

    [GeneratedRegex("^([a-z]{2})_([A-Z]{2})_([fm])_([A-Za-z0-9]+)$")]
    private static partial Regex Form();
}
