using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;

namespace Tmrvc.Streaming;

/// <summary>
/// Recordings of a speaker become a profile: the mean embedding over pieces of 15 seconds at most, weighted by the speech in each; the LoRA
/// delta of the piece with most speech, for means of A and B are not the mean of their products; and the range of F0 over all.
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
    private readonly PitchRangeMeter _range = new();
    private readonly List<string> _files = [];
    private readonly float[] _embedding;
    private SpokenPiece? _longest;

    /// <exception cref="ConversionException">The speaker encoder is missing, or is another network.</exception>
    public SpeakerEnrolment(ModelFolder models, Constants constants)
    {
        _constants = constants;
        _encoder = new SpeakerEncoderNetwork(models, constants);
        var parameters = SignalParameters.From(constants);
        (_mel, _pitch) = (new LogMel(parameters), new Pitch(parameters));
        _embedding = new float[constants.DSpeaker];
    }

    /// <summary>A file that throws adds nothing.</summary>
    /// <exception cref="UnreadableAudioException">The file is no audio, damaged, or holds less than half a second of speech.</exception>
    public void Add(string path, CancellationToken cancellation = default)
    {
        var pieces = new List<SpokenPiece>();
        foreach (var spoken in SpokenPieces.Of(path, PieceSeconds, _constants))
        {
            cancellation.ThrowIfCancellationRequested();
            var (embedding, delta) = _encoder.Of(_mel.Compute(spoken.Audio.Samples));
            pieces.Add(new SpokenPiece(embedding, delta, _pitch.Compute(spoken.Audio.Samples), spoken.SpeechSeconds));
        }
        var seconds = pieces.Sum(piece => piece.Seconds);
        if (seconds < FewestSeconds)
            throw new UnreadableAudioException(path, $"holds {seconds:0.0} s of speech; {FewestSeconds:0.0} s at least are allowed");
        pieces.ForEach(Keep);
        _files.Add(Path.GetFileName(path));
    }

    /// <param name="name">Of the profile.</param>
    /// <param name="at">When it was made.</param>
    /// <exception cref="ConversionException">No file was added, or the speaker encoder gives what is no number.</exception>
    public SpeakerProfile Profile(string name, DateTimeOffset? at = null)
    {
        if (_longest is not { Delta: var delta })
            throw new ConversionException("Nothing of what is given holds a voice");
        var embedding = new float[_embedding.Length];
        TensorPrimitives.Divide(_embedding, TensorPrimitives.Norm<float>(_embedding), embedding);
        if (!TensorPrimitives.IsFiniteAll<float>(embedding) || !TensorPrimitives.IsFiniteAll<float>(delta))
            throw new ConversionException("The speaker encoder gives no numbers: its weights are of no use; export others");
        return new SpeakerProfile(embedding, delta, new SpeakerProfileMetadata
        {
            ProfileName = name,
            CreatedAt = at,
            SourceAudioFiles = _files,
            TrainingMode = "embedding",
            SpeakerEncoderSha256 = _encoder.Sha256(),
            LogF0Mean = _range.Range?.LogMean,
            LogF0Deviation = _range.Range?.LogDeviation,
        });
    }

    public void Dispose() => _encoder.Dispose();

    private void Keep(SpokenPiece piece)
    {
        TensorPrimitives.MultiplyAdd(piece.Embedding, (float)piece.Seconds, _embedding, _embedding);
        _range.Add(piece.F0);
        if (_longest is null || piece.Seconds > _longest.Seconds)
            _longest = piece;
    }

    /// <param name="F0">[T] Hz</param>
    /// <param name="Seconds">Of speech, pauses left out.</param>
    private sealed record SpokenPiece(float[] Embedding, float[] Delta, float[] F0, double Seconds);
}
