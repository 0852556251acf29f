using System.Numerics.Tensors;

namespace Tmrvc.Audio;

/// <summary>
/// The cepstra an acoustic model of Sphinx was trained on, before their mean is taken away. One instance per thread.
/// </summary>
internal sealed class SphinxCepstra
{
    private const float FullScale = 32768;
    private const float LogFloor = 1e-4f;

    private readonly SphinxFrontEndSettings _settings;
    private readonly RealFft _fft;
    private readonly SphinxMelBands _bands;
    private readonly float[] _window;
    private readonly float[][] _basis;
    private readonly float[] _frame;
    private readonly ComplexFloat[] _spectrum;
    private readonly float[] _power;
    private readonly float[] _mel;

    internal SphinxCepstra(SphinxFrontEndSettings settings)
    {
        _settings = settings;
        _fft = new RealFft(settings.FftSize);
        _bands = new SphinxMelBands(settings);
        _window = [.. Enumerable.Range(0, settings.WindowLength).Select(Hamming)];
        _basis = [.. Enumerable.Range(0, settings.Cepstra).Select(CosineRow)];
        _frame = new float[settings.FftSize];
        _spectrum = new ComplexFloat[_fft.Bins];
        _power = new float[_fft.Bins];
        _mel = new float[settings.Filters];
    }

    /// <param name="samples">At 16 kHz, full scale ±1; the first is only the one before the first frame.</param>
    /// <returns>[frames, 13] row-major; frame f covers samples [1 + 160·f, 1 + 160·f + 410).</returns>
    internal float[] Compute(ReadOnlySpan<float> samples, int frames)
    {
        var noise = _settings.RemovesNoise ? new SphinxNoise(_settings.Filters) : null;
        var cepstra = new float[frames * _settings.Cepstra];
        for (var frame = 0; frame < frames; frame++)
        {
            ComputeMel(samples.Slice(frame * _settings.HopLength, _settings.WindowLength + 1));
            noise?.Remove(_mel);
            Transform(cepstra.AsSpan(frame * _settings.Cepstra, _settings.Cepstra));
        }
        return cepstra;
    }

    private void ComputeMel(ReadOnlySpan<float> samples)
    {
        var frame = _frame.AsSpan(0, _settings.WindowLength);
        TensorPrimitives.MultiplyAdd(samples[..^1], -_settings.PreEmphasis, samples[1..], frame);
        TensorPrimitives.Multiply(frame, _window, frame);
        _fft.Forward(_frame, _spectrum);
        for (var bin = 0; bin < _power.Length; bin++)
            _power[bin] = _spectrum[bin].Power;
        _bands.Apply(_power, _mel);
    }

    private void Transform(Span<float> cepstra)
    {
        TensorPrimitives.Add(_mel, LogFloor, _mel);
        TensorPrimitives.Log(_mel, _mel);
        for (var order = 0; order < cepstra.Length; order++)
            cepstra[order] = TensorPrimitives.Dot<float>(_mel, _basis[order]);
    }

    /// <summary>The window of both ends alike, and the scale of 16-bit samples.</summary>
    private float Hamming(int n) => (float)(FullScale * (0.54 - 0.46 * Math.Cos(2 * Math.PI * n / (_settings.WindowLength - 1))));

    /// <summary>A row of the orthonormal DCT-II, lifted.</summary>
    private float[] CosineRow(int order)
    {
        var bands = _settings.Filters;
        var lift = _settings.Lifter == 0 ? 1 : 1 + _settings.Lifter / 2.0 * Math.Sin(order * Math.PI / _settings.Lifter);
        var scale = lift * Math.Sqrt((order == 0 ? 1.0 : 2.0) / bands);
        return [.. Enumerable.Range(0, bands).Select(band => (float)(scale * Math.Cos(Math.PI * order * (band + 0.5) / bands)))];
    }
}
