using Tmrvc.Configuration;

namespace Tmrvc.Contract;

/// <summary>Reads and writes <c>.tmrvc_speaker</c> files of version 2.</summary>
/// <param name="embedding">Values of a speaker embedding.</param>
/// <param name="loraDelta">Values of a LoRA delta.</param>
public sealed class SpeakerProfileFile(int embedding, int loraDelta)
{
    public const string Extension = ".tmrvc_speaker";

    private readonly SpeakerProfileHeader _expected = new(embedding, loraDelta, 0);

    public static SpeakerProfileFile From(Constants constants) => new(constants.DSpeaker, constants.LoraDelta);

    /// <summary>Writes beside <paramref name="path"/> and renames: the file is there whole or not at all.</summary>
    /// <exception cref="SpeakerProfileException">The profile has other counts, or values that are no numbers.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, SpeakerProfile profile)
    {
        var bytes = About(path, () => SpeakerProfileEncoder.Encode(_expected, profile));
        var partial = path + ".partial";
        try
        {
            using (var file = File.Create(partial))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <exception cref="SpeakerProfileException">The file is of another kind or version, damaged, or made for other models.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public SpeakerProfile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return About(path, () => SpeakerProfileDecoder.Decode(Load(stream), _expected));
    }

    /// <summary>Nothing larger than a profile can be is taken into memory.</summary>
    private byte[] Load(FileStream stream)
    {
        var most = (_expected with { Metadata = SpeakerProfileHeader.MostMetadata }).FileBytes;
        if (stream.Length > most)
            throw new SpeakerProfileException($"has {stream.Length} bytes, a profile has {most} at most");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static T About<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SpeakerProfileException e)
        {
            throw new SpeakerProfileException($"{path}: {e.Message}", e);
        }
    }
}
