using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Export;

namespace Tmrvc.Streaming;

/// <summary>
/// Recordings of a speaker become a profile: the means, over pieces of 15 seconds at most and weighted by their length, of what the speaker
/// encoder tells of each, and the range of F0 over all.
/// </summary>
public sealed class SpeakerEnrolment : IDisposable
{
    private const int PieceSeconds = 15;

    /// <summary>Less speech tells of no voice.</summary>
    private const double FewestSeconds = 0.5;

    private readonly Constants _constants;
    private readonly SpeakerEncoderNetwork _encoder;
    private readonly LogMel _mel;
    private readonly Pitch _pitch;
    private readonly EnergyVad _speech = new();
    private readonly PitchRangeMeter _range = new();
    private readonly List<string> _files = [];
    private readonly float[] _embedding;
    private readonly float[] _delta;
    private double _seconds;

    /// <exception cref="ConversionException">The speaker encoder is missing, or is another network.</exception>
    public SpeakerEnrolment(ModelFolder models, Constants constants)
    {
        _constants = constants;
        _encoder = new SpeakerEncoderNetwork(models, constants);
        var parameters = SignalParameters.From(constants);
        (_mel, _pitch) = (new LogMel(parameters), new Pitch(parameters));
        (_embedding, _delta) = (new float[constants.DSpeaker], new float[constants.LoraDelta]);
    }

    /// <exception cref="UnreadableAudioException">The file is no audio, damaged, or holds no samples.</exception>
    /// <exception cref="ConversionException">The file holds less than half a second of speech.</exception>
    public void Add(string path)
    {
        var before = _seconds;
        using var stream = AudioFile.OpenAt(path, _constants.SampleRate);
        for (float[] piece; (piece = stream.ReadAtMost(PieceSeconds * _constants.SampleRate)).Length > 0;)
            AddPiece(new AudioBuffer(piece, _constants.SampleRate));
        if (_seconds - before < FewestSeconds)
            throw new ConversionException($"{path}: holds {_seconds - before:0.0} s of speech; {FewestSeconds:0.0} s at least are allowed");
        _files.Add(Path.GetFileName(path));
    }

    /// <param name="name">Of the profile.</param>
    /// <param name="at">When it was made.</param>
    /// <exception cref="ConversionException">The speaker encoder gives what is no number.</exception>
    public SpeakerProfile Profile(string name, DateTimeOffset? at = null)
    {
        var (embedding, delta) = (new float[_embedding.Length], new float[_delta.Length]);
        TensorPrimitives.Divide(_embedding, TensorPrimitives.Norm<float>(_embedding), embedding);
        TensorPrimitives.Divide(_delta, (float)_seconds, delta);
        if (!TensorPrimitives.IsFiniteAll<float>(embedding) || !TensorPrimitives.IsFiniteAll<float>(delta))
            throw new ConversionException("The speaker encoder gives no numbers: its weights are of no use; export others");
        return new SpeakerProfile(embedding, delta, new SpeakerProfileMetadata
        {
            ProfileName = name,
            CreatedAt = at,
            SourceAudioFiles = _files,
            TrainingMode = "embedding",
            LogF0Mean = _range.Range?.LogMean,
            LogF0Deviation = _range.Range?.LogDeviation,
        });
    }

    public void Dispose() => _encoder.Dispose();

    private void AddPiece(AudioBuffer piece)
    {
        if (!double.IsFinite(Loudness.IntegratedLufs(piece)))
            return;
        var level = Loudness.Normalize(piece, _constants.LoudnessTarget);
        if (_speech.SpeechRanges(level) is not [var first, ..] ranges)
            return;
        var spoken = level.Slice(new SampleRange(first.Start, ranges[^1].End));
        var (embedding, delta) = _encoder.Of(_mel.Compute(spoken.Samples));
        TensorPrimitives.MultiplyAdd(embedding, (float)spoken.Seconds, _embedding, _embedding);
        TensorPrimitives.MultiplyAdd(delta, (float)spoken.Seconds, _delta, _delta);
        _range.Add(_pitch.Compute(spoken.Samples));
        _seconds += spoken.Seconds;
    }
}
