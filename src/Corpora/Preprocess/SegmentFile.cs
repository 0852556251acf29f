using Tmrvc.Audio;

namespace Tmrvc.Corpora;

/// <summary>One segment in an item's result: <c>000.flac</c> and a line of <c>segments.jsonl</c>.</summary>
/// <param name="Start">Seconds into the recording.</param>
/// <param name="Seconds">Length of the segment.</param>
internal sealed record SegmentFile(string File, double Start, double Seconds)
{
    private const string Index = "segments.jsonl";

    internal static void WriteAll(string folder, PreparedRecording recording)
    {
        var files = recording.Segments.Select((segment, number) => Write(folder, segment, number)).ToList();
        JsonLines.Write(Path.Combine(folder, Index), files);
    }

    internal static IReadOnlyList<SegmentFile> ReadAll(string folder) => JsonLines.Read<SegmentFile>(Path.Combine(folder, Index));

    private static SegmentFile Write(string folder, PreparedSegment segment, int number)
    {
        var file = new SegmentFile($"{number:000}.flac", Math.Round(segment.Start, 4), Math.Round(segment.Audio.Seconds, 4));
        AudioFile.WriteFlac16(Path.Combine(folder, file.File), segment.Audio);
        return file;
    }
}
