using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>A recorded impulse response as an audio file.</summary>
public static class ResponseFile
{
    /// <summary>
    /// The file at its own sample rate. It has one channel: the mean of what several microphones heard is the response of no place, and
    /// none of them is the right one.
    /// </summary>
    /// <exception cref="UnreadableAudioException">As for <see cref="AudioFile"/>; or it has several channels.</exception>
    public static AudioBuffer Read(string path)
    {
        var audio = AudioFile.Read(path);
        var info = new SndFile.Info();
        using var file = SndFile.Open(path, SndFile.Read, ref info, out _);
        return info.Channels == 1
            ? audio
            : throw new UnreadableAudioException(path, $"has {info.Channels} channels, a response has one; give each microphone a file of its own");
    }
}
