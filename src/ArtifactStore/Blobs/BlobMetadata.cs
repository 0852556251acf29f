using System.Globalization;

namespace Tmrvc.ArtifactStore.Blobs;

/// <summary>What blobs say about themselves beside their content.</summary>
internal static class BlobMetadata
{
    public const string Set = "set";

    /// <summary>When, by the server's clock, a collection of garbage found that nothing names the record.</summary>
    public const string Condemned = "condemned";

    public static Dictionary<string, string> OfSet(ContentHash set) => new() { [Set] = set.ToString() };

    public static ContentHash? SetOf(IDictionary<string, string> metadata) =>
        metadata.TryGetValue(Set, out var text) && ContentHash.TryParse(text, out var set) ? set : null;

    public static DateTimeOffset? CondemnedAt(IDictionary<string, string> metadata) => metadata.TryGetValue(Condemned, out var text)
        ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MaxValue
        : null;

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
