using System.Text.Json;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>One segment in an item's result: a file such as <c>000.flac</c>, and its place in the item's note.</summary>
/// <param name="Start">Seconds into the recording.</param>
/// <param name="Seconds">Length of the segment.</param>
internal sealed record SegmentFile(string File, double Start, double Seconds)
{
    internal static void WriteAll(ItemRun item, PreparedRecording recording)
    {
        var files = recording.Segments.Select((segment, number) => Write(item.Folder, segment, number)).ToList();
        item.Note = JsonSerializer.Serialize(files, JsonLines.Options);
    }

    internal static IReadOnlyList<SegmentFile> ReadAll(ItemResult item) =>
        JsonSerializer.Deserialize<SegmentFile[]>(item.Note!, JsonLines.Options)!;

    private static SegmentFile Write(string folder, PreparedSegment segment, int number)
    {
        var file = new SegmentFile($"{number:000}.flac", Math.Round(segment.Start, 4), Math.Round(segment.Audio.Seconds, 4));
        AudioFile.WriteFlac16(Path.Combine(folder, file.File), segment.Audio);
        return file;
    }
}
