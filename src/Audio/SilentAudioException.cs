namespace Tmrvc.Audio;

/// <summary>Audio whose loudness is undefined: every block of it lies below the absolute gate of BS.1770-4 (−70 LUFS).</summary>
public sealed class SilentAudioException()
    : Exception("silent: no 400 ms of it is louder than −70 LUFS, so it cannot be brought to a loudness");
