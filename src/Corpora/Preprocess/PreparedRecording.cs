using Tmrvc.Audio;

namespace Tmrvc.Corpora;

/// <param name="Seconds">Length of the file.</param>
internal sealed record PreparedRecording(double Seconds, IReadOnlyList<PreparedSegment> Segments);

/// <param name="Start">Seconds into the recording.</param>
internal sealed record PreparedSegment(double Start, AudioBuffer Audio);
