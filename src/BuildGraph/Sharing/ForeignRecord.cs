using System.Text.Json;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Reads action records that came from elsewhere: nothing in them is believed before it fits what was asked for.</summary>
internal static class ForeignRecord
{
    /// <param name="outputs">The names that are allowed; they become paths.</param>
    /// <returns>Null when the document is no record, or one of another key, or with other outputs.</returns>
    public static ActionRecord? Read(byte[] document, ContentHash key, StageId stage, IEnumerable<string> outputs)
    {
        try
        {
            var record = RecordDocument.Read(document);
            return record.Key == key && record.Stage == stage.Value && KeyOf(record) == key && Names(record).SequenceEqual(outputs.Order(StringComparer.Ordinal)) &&
                record.Outputs.All(output => GraphValidation.IsFileName(output.Name))
                ? record
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Names(ActionRecord record) => record.Outputs.Select(output => output.Name).Order(StringComparer.Ordinal);

    private static ContentHash KeyOf(ActionRecord record) => StageManifest.Key(record.Manifest);
}
