using Tmrvc.Audio;

namespace Tmrvc.Features.Tests;

public sealed class RmvpeTests
{
    private static readonly SignalParameters Parameters = new(24000, 1024, 240, 960, 80, 0, 12000, 1e-10);

    private readonly NetworkFile _file = new(TinyNetworks.Rmvpe());
    private PretrainedNetwork _network = null!;

    [OneTimeSetUp]
    public void Open() => _network = new PretrainedNetwork(_file.Path, Rmvpe.Signature);

    [OneTimeTearDown]
    public void Close()
    {
        _network.Dispose();
        _file.Dispose();
    }

    private float[] Track(float[] samples, double threshold) =>
        new Rmvpe(_network, Parameters, new RmvpeSettings { Threshold = threshold }).Compute(new AudioBuffer(samples, 24000));

    /// <summary>Silence, then 220 Hz from 0.5 to 1 s, then 660 Hz to 1.5 s, then silence to 2 s.</summary>
    private static float[] Melody() =>
    [
        .. Enumerable.Range(0, 48000).Select(n => (n / 12000) switch
        {
            1 => Tone(n, 220),
            2 => Tone(n, 660),
            _ => 0,
        }),
    ];

    private static float Tone(int n, double hertz) => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * n / 24000));

    [Test]
    public void Tones_at_known_times_have_their_pitch_there_and_silence_has_none()
    {
        var f0 = Track(Melody(), threshold: 0.5);

        // Frame f is centred on 10·(f − 1) ms; the network's window reaches 32 ms to each side.
        Assert.That(f0, Has.Length.EqualTo(200));
        Assert.That(f0[..47], Is.All.Zero);
        Assert.That(f0[55..98], Is.All.EqualTo(220).Within(8).Percent);
        Assert.That(f0[105..148], Is.All.EqualTo(660).Within(8).Percent);
        Assert.That(f0[155..], Is.All.Zero);
    }

    [TestCase(48000)]
    [TestCase(24117)]
    [TestCase(241)]
    public void Each_frame_has_the_salience_of_the_same_moment(int samples)
    {
        var audio = Melody()[(48000 - samples)..];
        var resampled = Resampler.Resample(new AudioBuffer(audio, 24000), 16000).Samples;
        var columns = RmvpeMel.Frames(resampled.Length);
        var mel = new RmvpeMel().Compute(resampled, columns);

        var f0 = Track(audio, threshold: 0.01);

        Assert.That(f0, Has.Length.EqualTo(samples / 240));
        for (var frame = 0; frame < f0.Length; frame++)
            Assert.That(f0[frame], Is.EqualTo(Expected(mel, columns, Math.Max(0, frame - 1))).Within(0.01).Percent, $"frame {frame}");
    }

    private static float Expected(float[] mel, int columns, int frame)
    {
        var salience = Enumerable.Range(0, PitchSalience.Bins).Select(bin => 1 / (1 + Math.Exp(-Enumerable.Range(0, RmvpeMel.Bands)
            .Sum(band => TinyNetworks.SalienceWeight(bin, band) * mel[band * columns + frame]))));
        return PitchSalience.Decode([.. salience.Select(value => (float)value)], 0.01);
    }
}
