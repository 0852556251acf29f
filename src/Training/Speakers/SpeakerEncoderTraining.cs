using Tmrvc.BuildGraph;
using Tmrvc.Features;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Trains a speaker encoder as a classifier of the training speakers and embeds utterances with it.</summary>
public sealed class SpeakerEncoderTraining : IDisposable
{
    private const int FrameMultiple = 8;
    private const int FewestSpeakers = 2;
    private const string HeadPrefix = "head.";
    private const string EncoderPrefix = "encoder.";

    private readonly SpeakerEncoderSettings _settings;
    private readonly FeatureShards _shards;
    private readonly Device _device;
    private readonly NormalisedBatches _features;
    private readonly SpeakerBatches _batches;
    private readonly SpeakerEncoder _encoder;
    private readonly SpeakerClassifier _classifier;

    /// <exception cref="InvalidDataException">The features hold embeddings of another dimension, or the recordings to learn from have one speaker.</exception>
    public SpeakerEncoderTraining(
        SpeakerEncoderSettings settings, int embedding, FeatureShards shards, MelStatistics statistics, Device device)
    {
        (_settings, _shards, _device) = (settings, shards, device);
        RequireDimension(shards, embedding);
        _features = new NormalisedBatches(shards, statistics, FrameMultiple);
        _batches = new SpeakerBatches(shards, _features);
        RequireSpeakers(shards, _batches.Speakers);
        var architecture = new SpeakerEncoderArchitecture { Mels = shards.Mels, Embedding = embedding, Channels = settings.Channels };
        _encoder = new SpeakerEncoder(architecture, (ulong)settings.Seed);
        _classifier = new SpeakerClassifier(_encoder, Head(embedding), settings.Regression, device);
    }

    private static void RequireDimension(FeatureShards shards, int embedding)
    {
        if (shards.SpeakerDimension > 0 && shards.SpeakerDimension != embedding)
            throw new InvalidDataException($"features: hold embeddings of {shards.SpeakerDimension} numbers, {embedding} (d_speaker) are allowed");
    }

    private static void RequireSpeakers(FeatureShards shards, int found)
    {
        if (found < FewestSpeakers)
            throw new InvalidDataException(
                $"speakers: found {found} ({string.Join(", ", shards.Speakers)}) in the recordings to learn from, {FewestSpeakers} or more are allowed: " +
                "voices are learnt by telling them apart. Add another speaker's recordings, or a corpus to datasets.");
    }

    public TrainingOutcome Run(TrainingRun run, TimeProvider clock, CancellationToken cancellation) =>
        new Trainer<SpeakerBatch>(Phase(run.Stage), _device, clock).Run(run, cancellation);

    /// <summary>Puts the trained weights into the encoder and writes them, without the class vectors, and the metrics.</summary>
    public void Finish(TrainingOutcome outcome, string modelPath, string metricsPath)
    {
        var weights = outcome.Weights.Where(w => !w.Name.StartsWith(HeadPrefix, StringComparison.Ordinal))
            .ToDictionary(w => w.Name[EncoderPrefix.Length..], w => w.Value);
        ModuleWeights.Save(weights, modelPath, ModelFiles.SpeakerEncoder.Metadata(_encoder.Architecture));
        ModuleWeights.Load(_encoder, modelPath);
        File.Copy(outcome.MetricsPath, metricsPath);
    }

    /// <summary>Embeddings of unit length of all utterances, by id: those among the features, or else the encoder's own.</summary>
    public IReadOnlyDictionary<string, float[]> Embed(CancellationToken cancellation) => _shards.SpeakerDimension > 0
        ? Enumerable.Range(0, _shards.Utterances.Count).ToDictionary(i => _shards.Utterances[i].Id, i => _shards.Speaker(i).ToArray())
        : EmbedByEncoder(cancellation);

    private Dictionary<string, float[]> EmbedByEncoder(CancellationToken cancellation)
    {
        using var _ = no_grad();
        using var tf32 = new Tf32Scope(_settings.Precision);
        _encoder.eval();
        var embeddings = new Dictionary<string, float[]>();
        foreach (var crops in WholeUtterances().Chunk(_settings.BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (crop, values) in crops.Zip(Embed(new BatchPlan(0, crops))))
                embeddings.Add(_shards.Utterances[crop.Utterance].Id, values);
        }
        return embeddings;
    }

    public void Dispose() => _classifier.Dispose();

    /// <summary>By length, so that little is padded.</summary>
    private IEnumerable<Crop> WholeUtterances() => Enumerable.Range(0, _shards.Utterances.Count)
        .Select(i => new Crop(i, 0, Math.Min(_settings.EmbeddingFrames, _shards.Utterances[i].Frames)))
        .OrderBy(crop => crop.Frames);

    private IEnumerable<float[]> Embed(BatchPlan plan)
    {
        using var scope = NewDisposeScope();
        var batch = _features.Make(plan);
        var embedded = _encoder.forward(batch.LogMelOn(_device), batch.MaskOn(_device)); // [B, 192]
        return embedded.cpu().data<float>().ToArray().Chunk((int)embedded.shape[1]);
    }

    private AamSoftmax Head(int embedding)
    {
        using var random = new StepRandom(_settings.Seed, step: 0, stream: -1, CPU);
        return new AamSoftmax(random.Normal(_batches.Speakers, embedding), _settings.Margin, _settings.Scale);
    }

    private Phase<SpeakerBatch> Phase(StageId stage)
    {
        var sampler = TrainingInputs.Sampler(_shards, _settings);
        var learner = _settings.Learner<SpeakerBatch>("speaker_encoder", _classifier, _classifier.Evaluate);
        return _settings.Phase(stage, learner, index => _batches.Make(sampler.Plan(index))) with
        {
            Trial = new(_settings.BatchSize, size => _batches.Make(TrainingInputs.Longest(_shards, _settings, size))),
            Validation = [.. ValidationPlans.Of(_shards, _settings).Where(_batches.Knows).Select(_batches.Make)],
        };
    }
}
