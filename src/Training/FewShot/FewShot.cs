using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// Fine-tunes what a LoRA delta adds to a student's converter (Hu et al., 2021) on recordings of one voice: their content, said again with that
/// voice's embedding, is to have their mel. Content encoder and converter stay as they are. On the CPU.
/// </summary>
public sealed class FewShot : IDisposable
{
    private readonly Constants _constants;
    private readonly FewShotSettings _settings;
    private readonly ContentEncoder _contentEncoder;
    private readonly Converter _converter;
    private readonly NormalisedMel _normalised;
    private readonly StudentSpeech _speech;

    /// <param name="student">The folder of a student's weights, as the stage Student leaves it.</param>
    /// <exception cref="InvalidDataException">A file is missing or is another network's, has no mel statistics, or the converter knows no LoRA delta.</exception>
    public FewShot(string student, Constants constants, FewShotSettings settings)
    {
        (_constants, _settings) = (constants, settings);
        var path = Path.Combine(student, StudentNetworks.ConverterFile);
        var statistics = MelStatistics.OfModel(path);
        if (ModelFiles.Converter.ArchitectureOf(path).Timbre != TimbrePath.Modulation)
            throw new InvalidDataException($"{path}: reaches voices by a memory of their timbre, where a LoRA delta does nothing; one that modulates is needed.");
        _contentEncoder = ModelFiles.ContentEncoder.Load(Path.Combine(student, StudentNetworks.ContentEncoderFile));
        _converter = ModelFiles.Converter.Load(path);
        _contentEncoder.eval();
        _converter.eval();
        foreach (var (_, weight) in _converter.named_parameters()) weight.requires_grad_(false);
        _normalised = new NormalisedMel(statistics, CPU);
        _speech = new StudentSpeech(_contentEncoder, _converter, SignalParameters.From(constants), statistics, CPU);
    }

    /// <param name="spoken">At the level of the training, as <see cref="SpokenPieces"/> gives it.</param>
    /// <param name="embedding">[192], unit length.</param>
    /// <param name="start">[24576], the delta to begin with.</param>
    /// <exception cref="InvalidDataException">The speech is too short to learn from, or a loss is no number.</exception>
    public FewShotOutcome Learn(
        IEnumerable<AudioBuffer> spoken, float[] embedding, float[] start, IProgress<FewShotProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var speech = new FewShotSpeech(spoken, _contentEncoder, _normalised, SignalParameters.From(_constants), _settings);
        using var voice = tensor(embedding, [1, embedding.Length]);
        using var delta = new LoraDelta(_converter.Architecture, start, (ulong)_settings.Seed);
        using var optimiser = new AdamW(delta, new OptimiserSettings { WeightDecay = 0 });
        var rate = new LearningRate(LearningRateShape.Cosine, _settings.Lr, _settings.Steps);
        var before = Judge(speech, voice, delta);
        var (kept, best) = (delta.ToArray(), before);
        for (var step = 0; step < _settings.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Improve(speech, voice, delta, optimiser, step, rate.At(step));
            if ((step + 1) % _settings.Interval != 0 && step + 1 < _settings.Steps) continue;
            var loss = Judge(speech, voice, delta);
            progress?.Report(new FewShotProgress(step + 1, _settings.Steps, loss));
            if (loss < best) (kept, best) = (delta.ToArray(), loss);
        }
        return new FewShotOutcome(kept, before, best);
    }

    public void Dispose()
    {
        _speech.Dispose();
        _normalised.Dispose();
        _contentEncoder.Dispose();
        _converter.Dispose();
    }

    private void Improve(FewShotSpeech speech, Tensor voice, LoraDelta delta, AdamW optimiser, int step, double rate)
    {
        using var scope = NewDisposeScope();
        using var random = new StepRandom(_settings.Seed, step, stream: 0, CPU);
        optimiser.ZeroGradients();
        Loss(speech.Draw(random), voice, delta).backward();
        optimiser.Step(step + 1, rate, optimiser.GradientNorm());
    }

    /// <summary>Mean over all frames that are held out.</summary>
    private double Judge(FewShotSpeech speech, Tensor voice, LoraDelta delta)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        var loss = speech.HeldOut.Sum(piece => piece.Frames * Loss(piece, voice, delta).ToDouble()) / speech.HeldOut.Sum(piece => piece.Frames);
        return double.IsFinite(loss) ? loss : throw new InvalidDataException(FormattableString.Invariant(
            $"Few-shot: the mel error is {loss}, a number is allowed: the student's weights are of no use, or the learning rate of {_settings.Lr} is too high for them."));
    }

    /// <summary>Mean |Δ| of normalised log-mel. Scalar.</summary>
    private Tensor Loss(FewShotSpeech.Piece piece, Tensor voice, LoraDelta delta)
    {
        var batch = piece.Mel.shape[0];
        var room = zeros([batch, _converter.Architecture.IrParameters]);
        var conditions = new ConverterConditions(voice.expand(batch, -1), room, delta.Value.expand(batch, -1));
        return (_speech.MelOf(_converter.forward(piece.Content, conditions).Output) - piece.Mel).abs().mean();
    }
}

/// <param name="Step">Done, of <paramref name="Steps"/>.</param>
/// <param name="HeldOutLoss">Mean |Δ| of normalised log-mel.</param>
public sealed record FewShotProgress(int Step, int Steps, double HeldOutLoss);

/// <param name="LoraDelta">[24576], the best that was judged; what it began with where nothing was better.</param>
/// <param name="Before">Mean |Δ| of normalised log-mel on speech that was not learnt from, with the delta that it began with.</param>
/// <param name="After">With <paramref name="LoraDelta"/>.</param>
public sealed record FewShotOutcome(float[] LoraDelta, double Before, double After)
{
    /// <summary>Whether anything was learnt that serves speech that was held out.</summary>
    public bool IsBetter => After < Before;
}
