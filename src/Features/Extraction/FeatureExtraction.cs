using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Features;

/// <summary>Log-mel, content and F0 of one utterance, all in the same frames, and who speaks. One instance per thread.</summary>
public sealed class FeatureExtraction
{
    private readonly SignalParameters _parameters;
    private readonly LogMel _logMel;
    private readonly IContentExtractor _content;
    private readonly IF0Extractor _f0;
    private readonly Ecapa? _speaker;

    /// <param name="file">Path of a file or folder that an extractor is made from, by the name of the stage's input.</param>
    public FeatureExtraction(SignalParameters parameters, FeaturesSettings settings, Func<string, string> file)
        : this(new Extractors(parameters, settings, file))
    {
    }

    internal FeatureExtraction(Extractors extractors)
    {
        _parameters = extractors.Parameters;
        _logMel = new LogMel(_parameters);
        _content = extractors.Content();
        _f0 = extractors.F0();
        _speaker = extractors.Speaker();
    }

    /// <summary>D.</summary>
    public int ContentDimension => _content.Dimension;

    /// <exception cref="ItemRejectedException">
    /// The audio has another sample rate or is shorter than a frame, or an extractor makes nothing of it that is a number.
    /// </exception>
    public UtteranceFeatures Extract(AudioBuffer audio)
    {
        if (audio.SampleRate != _parameters.SampleRate)
            throw new ItemRejectedException(
                $"sample rate is {audio.SampleRate} Hz, {_parameters.SampleRate} Hz is allowed; preprocess it again");
        if (audio.Samples.Length < _parameters.HopLength)
            throw new ItemRejectedException($"too short: {audio.Samples.Length} samples, a frame takes {_parameters.HopLength}");
        var logMel = _logMel.Compute(audio.Samples);
        var content = _content.Compute(audio, logMel);
        var features = new UtteranceFeatures(logMel, content, _f0.Compute(audio))
        {
            ContentFrames = content.Length / ContentDimension,
            Speaker = _speaker?.Embed(audio),
        };
        RequireNumbers("content", features.Content);
        RequireRange("content", features.Content);
        RequireNumbers("F0", features.F0);
        return features;
    }

    /// <summary>Networks of others may give anything, and one such value would spoil the statistics of a whole corpus.</summary>
    private static void RequireNumbers(string name, float[] values)
    {
        if (!float.IsFinite(TensorPrimitives.Sum<float>(values)))
            throw new ItemRejectedException($"{name} holds values that are no finite numbers");
    }

    /// <summary>They are kept in half precision.</summary>
    private static void RequireRange(string name, float[] values)
    {
        var largest = TensorPrimitives.MaxMagnitude<float>(values);
        if (Math.Abs(largest) > (float)Half.MaxValue)
            throw new ItemRejectedException($"{name} holds {largest}, up to {(float)Half.MaxValue} is allowed");
    }
}
