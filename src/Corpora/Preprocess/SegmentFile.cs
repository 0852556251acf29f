using Tmrvc.Audio;

namespace Tmrvc.Corpora;

/// <summary>One segment in an item's result, a file such as <c>000.flac</c>.</summary>
/// <param name="Start">Seconds into the recording.</param>
/// <param name="Seconds">Length of the segment.</param>
internal sealed record SegmentFile(string File, double Start, double Seconds)
{
    internal static SegmentFile Write(string folder, PreparedSegment segment, int number)
    {
        var file = new SegmentFile($"{number:000}.flac", Math.Round(segment.Start, 4), Math.Round(segment.Audio.Seconds, 4));
        AudioFile.WriteFlac16(Path.Combine(folder, file.File), segment.Audio);
        return file;
    }
}
