using Google.Protobuf;
using Tmrvc.TensorBoard.Protos;

namespace Tmrvc.TensorBoard;

/// <summary>
/// One run's scalars, pictures and sounds as TensorBoard reads them while they are written. A checkpoint leaves a mark in the file, and a
/// run that goes on from it continues behind the mark, so that no step stands in the file twice.
/// </summary>
public sealed class EventFile : IDisposable
{
    /// <summary>TensorBoard takes any file with <c>tfevents</c> in its name.</summary>
    public const string FileName = "events.out.tfevents.run";

    private const string Version = "brain.Event:2";

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;

    private EventFile(FileStream stream, TimeProvider clock) => (_stream, _clock) = (stream, clock);

    /// <summary>A file that begins anew, over an existing one.</summary>
    /// <param name="folder">Made where it is missing.</param>
    public static EventFile Create(string folder, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        var file = new EventFile(Stream(folder, FileMode.Create), clock);
        file.Write(new Event { FileVersion = Version });
        return file;
    }

    /// <summary>The file as it was when a checkpoint was marked; what came after is dropped.</summary>
    /// <returns>Null when there is no file with that mark.</returns>
    public static EventFile? Continue(string folder, long checkpoint, TimeProvider clock)
    {
        if (!File.Exists(Path.Combine(folder, FileName))) return null;
        var stream = Stream(folder, FileMode.Open);
        if (EndOfMark(stream, checkpoint) is { } end)
        {
            stream.SetLength(end);
            stream.Position = end;
            return new EventFile(stream, clock);
        }
        stream.Dispose();
        return null;
    }

    public void Scalars(long step, IEnumerable<(string Tag, double Value)> scalars) => Summarise(
        step, scalars.Select(scalar => new Summary.Types.Value { Tag = scalar.Tag, SimpleValue = (float)scalar.Value }));

    public void Picture(long step, string tag, GreyPicture picture)
    {
        var image = new Summary.Types.Image
        {
            Height = picture.Height,
            Width = picture.Width,
            Colorspace = 1,
            EncodedImageString = ByteString.CopyFrom(picture.Png()),
        };
        Summarise(step, [new Summary.Types.Value { Tag = tag, Image = image }]);
    }

    /// <param name="wav">A mono WAV file.</param>
    public void Sound(long step, string tag, int sampleRate, int samples, ReadOnlySpan<byte> wav)
    {
        var audio = new Summary.Types.Audio
        {
            SampleRate = sampleRate,
            NumChannels = 1,
            LengthFrames = samples,
            EncodedAudioString = ByteString.CopyFrom(wav),
            ContentType = "audio/wav",
        };
        Summarise(step, [new Summary.Types.Value { Tag = tag, Audio = audio }]);
    }

    /// <summary>Says that a checkpoint of this step has been saved.</summary>
    public void MarkCheckpoint(long step) =>
        Write(new Event { Step = step, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Checkpoint } });

    public void Dispose() => _stream.Dispose();

    private static FileStream Stream(string folder, FileMode mode) =>
        new(Path.Combine(folder, FileName), mode, FileAccess.ReadWrite, FileShare.Read);

    /// <returns>The position behind the last mark of a checkpoint; null when it is not to be found in the part that is whole.</returns>
    private static long? EndOfMark(FileStream stream, long checkpoint)
    {
        long? end = null;
        while (RecordFraming.Next(stream) is { } record)
        {
            var read = Event.Parser.ParseFrom(record);
            if (read.Step == checkpoint && read.SessionLog?.Status == SessionLog.Types.SessionStatus.Checkpoint) end = stream.Position;
        }
        return end;
    }

    private void Summarise(long step, IEnumerable<Summary.Types.Value> values) =>
        Write(new Event { Step = step, Summary = new Summary { Value = { values } } });

    private void Write(Event entry)
    {
        entry.WallTime = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        _stream.Write(RecordFraming.Frame(entry.ToByteArray()));
        _stream.Flush();
    }
}
