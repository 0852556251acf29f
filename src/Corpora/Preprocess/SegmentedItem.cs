using System.Text.Json;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>The note of an item's result.</summary>
/// <inheritdoc cref="PreparedRecording"/>
internal sealed record SegmentedItem(IReadOnlyList<SegmentFile> Segments, int Silent, int Short, bool IsHeldByPeak)
{
    internal static void Write(ItemRun item, PreparedRecording recording)
    {
        var files = recording.Segments.Select((segment, number) => SegmentFile.Write(item.Folder, segment, number)).ToList();
        item.Note = JsonSerializer.Serialize(new SegmentedItem(files, recording.Silent, recording.Short, recording.IsHeldByPeak), JsonLines.Options);
    }

    internal static SegmentedItem Read(ItemResult item) => JsonSerializer.Deserialize<SegmentedItem>(item.Note!, JsonLines.Options)!;
}
