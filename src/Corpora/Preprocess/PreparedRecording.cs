using Tmrvc.Audio;

namespace Tmrvc.Corpora;

/// <param name="Silent">Pieces that were left out for lack of speech.</param>
/// <param name="Short">Pieces that were left out as shorter than the minimum.</param>
/// <param name="IsHeldByPeak">Whether a peak kept it below the loudness asked for.</param>
internal sealed record PreparedRecording(IReadOnlyList<PreparedSegment> Segments, int Silent, int Short, bool IsHeldByPeak);

/// <param name="Start">Seconds into the recording.</param>
internal sealed record PreparedSegment(double Start, AudioBuffer Audio);
