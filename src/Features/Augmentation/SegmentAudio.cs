using Tmrvc.Audio;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>The waveforms that features were extracted from, straight from the segments' files. Safe on several threads.</summary>
public sealed class SegmentAudio
{
    private readonly FeatureShards _shards;
    private readonly int _hopLength;
    private readonly Dictionary<string, string> _folderOf;

    /// <param name="segments">The <see cref="PreprocessStage.Segments"/> folders of the corpora in <paramref name="shards"/>.</param>
    /// <exception cref="ArgumentException">A corpus has no folder.</exception>
    public SegmentAudio(FeatureShards shards, IEnumerable<string> segments, int hopLength)
    {
        (_shards, _hopLength) = (shards, hopLength);
        _folderOf = segments.ToDictionary(UtteranceIndex.CorpusOf);
        if (shards.Utterances.FirstOrDefault(utterance => !_folderOf.ContainsKey(utterance.Corpus)) is { } orphan)
            throw new ArgumentException(
                $"Augmentation: corpus '{orphan.Corpus}' has features and no folder of segments; give the folders of all corpora.",
                nameof(segments));
    }

    /// <summary>Samples that have features.</summary>
    public int SamplesOf(int utterance) => _shards.Utterances[utterance].Frames * _hopLength;

    /// <summary>Path of an utterance's file.</summary>
    public string FileOf(int utterance)
    {
        var entry = _shards.Utterances[utterance];
        return Path.Combine(_folderOf[entry.Corpus], entry.Audio);
    }

    /// <param name="samples">[N] zeros where the stretch leaves the utterance.</param>
    /// <exception cref="UnreadableAudioException">The file is damaged.</exception>
    public void Read(int utterance, int start, Span<float> samples) => AudioFile.ReadStretch(FileOf(utterance), start, samples);
}
