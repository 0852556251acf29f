using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// Phonetic posteriorgrams (Hazen, Shen and White 2009) in the frames of <see cref="LogMel"/>: how probable each phone is in each frame, all
/// of them equally probable beforehand. A window of 25.6 ms stands in the middle of the 40 ms that a frame covers. The cepstra lose their
/// mean over the utterance. One instance per thread.
/// </summary>
public sealed class PhonePosteriors(PhoneModel model, PhonePosteriorSettings settings, int hopLength, int windowLength)
{
    private readonly SphinxCepstra _cepstra = new(model.FrontEnd);
    private readonly PhoneLikelihoods _likelihoods = new(model);

    /// <summary>The number of phones: 42 in en-us.</summary>
    public int Dimension => model.Phones.Count;

    /// <param name="audio">At any rate, of which a hop has <paramref name="hopLength"/> samples; T = floor(N/hop).</param>
    /// <returns>[phones, T] row-major, in [0, 1]; the sum over a frame is 1.</returns>
    public float[] Compute(AudioBuffer audio)
    {
        if (audio.SampleRate != 100 * hopLength)
            throw new ArgumentException($"PhonePosteriors: {audio.SampleRate} Hz in hops of {hopLength} samples, hops of 10 ms are allowed");
        var frames = audio.Samples.Length / hopLength;
        var cepstra = _cepstra.Compute(Aligned(audio, frames), frames);
        SphinxDynamics.SubtractMean(cepstra, model.FrontEnd.Cepstra);
        var scores = _likelihoods.Compute(SphinxDynamics.Streams(cepstra, model.FrontEnd.Cepstra), frames);
        return Posteriors(scores, frames);
    }

    /// <summary>At 16 kHz, with as many zeros before it that the windows stand in the middle of the frames.</summary>
    private float[] Aligned(AudioBuffer audio, int frames)
    {
        var front = model.FrontEnd;
        var resampled = Resampler.Resample(audio, front.SampleRate).Samples;
        var aligned = new float[1 + (frames - 1) * front.HopLength + front.WindowLength];
        var start = (hopLength - windowLength / 2) * front.HopLength / hopLength - front.WindowLength / 2;
        var zeros = 1 - start;
        resampled.AsSpan(0, Math.Min(resampled.Length, aligned.Length - zeros)).CopyTo(aligned.AsSpan(zeros));
        return aligned;
    }

    /// <param name="scores">[T, phones] log-likelihoods.</param>
    private float[] Posteriors(float[] scores, int frames)
    {
        var phones = Dimension;
        var posteriors = new float[scores.Length];
        for (var frame = 0; frame < frames; frame++)
        {
            var row = scores.AsSpan(frame * phones, phones);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max<float>(row), row);
            TensorPrimitives.Multiply(row, (float)settings.Sharpness, row);
            TensorPrimitives.SoftMax<float>(row, row);
            for (var phone = 0; phone < phones; phone++)
                posteriors[phone * frames + frame] = row[phone];
        }
        return posteriors;
    }
}
