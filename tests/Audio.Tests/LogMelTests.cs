using Tmrvc.Audio.Tests.Support;

namespace Tmrvc.Audio.Tests;

public sealed class LogMelTests
{
    private const float LogFloor = -23.02585f;
    private readonly LogMel logMel = new(Signals.Parameters);

    /// <summary>
    /// A tone A·sin at f0 has |X(f)|² = (A/2)²·|W(f − f0)|² under a window with transform W, when the image at −f0 is far away.
    /// </summary>
    [TestCase(600)]
    [TestCase(1000)]
    [TestCase(4321)]
    [TestCase(9000)]
    public void A_tone_has_the_value_that_its_windows_transform_predicts(double hertz)
    {
        const double amplitude = 0.3;
        var column = ColumnOf(logMel.Compute(Signals.Tone(hertz, 0.5, 24000, amplitude)), frame: 25);
        var band = Array.IndexOf(column, column.Max());
        Assert.That(band, Is.EqualTo(BandOf(hertz)));
        Assert.That(column[band], Is.EqualTo(Math.Log(PredictedPower(band, hertz, amplitude))).Within(1e-3));
    }

    [Test]
    public void Digital_silence_sits_at_the_floor()
    {
        Assert.That(logMel.Compute(new float[2400]), Is.All.EqualTo(LogFloor));
    }

    [TestCase(0, 0)]
    [TestCase(239, 0)]
    [TestCase(240, 1)]
    [TestCase(4799, 19)]
    public void There_is_a_frame_for_every_whole_hop(int samples, int frames)
    {
        Assert.That(logMel.Compute(new float[samples]), Has.Length.EqualTo(80 * frames));
    }

    [Test]
    public void Frames_are_causal_and_four_hops_long()
    {
        var samples = new float[24000];
        samples[10 * 240 + 100] = 1;
        var frames = logMel.Compute(samples);
        int[] touched = [.. Enumerable.Range(0, 100).Where(frame => ColumnOf(frames, frame).Max() > LogFloor + 1)];
        Assert.That(touched, Is.EqualTo(new[] { 10, 11, 12, 13 }));
    }

    [Test]
    public void One_hop_at_a_time_gives_what_the_whole_file_gives()
    {
        var samples = Speech.Prepared("allison-en").Samples;
        var whole = logMel.Compute(samples);
        var stream = new LogMelStream(Signals.Parameters);
        var column = new float[80];
        for (var frame = 0; frame < samples.Length / 240; frame++)
        {
            stream.Push(samples.AsSpan(frame * 240, 240), column);
            Assert.That(column, Is.EqualTo(ColumnOf(whole, frame)).Within(1e-5f));
        }
    }

    [Test]
    public void A_hop_of_a_stream_allocates_nothing()
    {
        var (stream, hop, column) = (new LogMelStream(Signals.Parameters), Signals.Noise(0.01, 24000), new float[80]);
        stream.Push(hop, column);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            stream.Push(hop, column);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_stream_that_is_reset_starts_from_silence()
    {
        var stream = new LogMelStream(Signals.Parameters);
        var (first, second) = (new float[80], new float[80]);
        stream.Push(Signals.Noise(0.01, 24000), first);
        stream.Reset();
        stream.Push(Signals.Noise(0.01, 24000), second);
        Assert.That(second, Is.EqualTo(first));
        Assert.That(() => stream.Push(new float[100], first), Throws.ArgumentException.With.Message.Contains("one hop is 240"));
    }

    private static float[] ColumnOf(float[] logMel, int frame)
    {
        var frames = logMel.Length / 80;
        return [.. Enumerable.Range(0, 80).Select(band => logMel[band * frames + frame])];
    }

    /// <summary>The band whose centre is nearest, on HTK's scale.</summary>
    private static int BandOf(double hertz) => (int)Math.Round(MelFilterbank.HertzToMel(hertz) / (MelFilterbank.HertzToMel(12000) / 81)) - 1;

    private static double PredictedPower(int band, double hertz, double amplitude)
    {
        double Edge(int index) => MelFilterbank.MelToHertz(index * MelFilterbank.HertzToMel(12000) / 81);
        var (low, centre, high) = (Edge(band), Edge(band + 1), Edge(band + 2));
        return Enumerable.Range(0, 513).Sum(bin =>
        {
            var f = bin * 24000.0 / 1024;
            var weight = Math.Max(0, Math.Min((f - low) / (centre - low), (high - f) / (high - centre)));
            return weight * Math.Pow(amplitude / 2, 2) * HannPower(f - hertz);
        });
    }

    /// <summary>|W|² of the periodic Hann window of 960 samples, from its closed form: three Dirichlet kernels.</summary>
    private static double HannPower(double hertz)
    {
        double Dirichlet(double cycles) => Math.Abs(Math.Sin(Math.PI * cycles / 960)) < 1e-12
            ? 960 * Math.Cos(Math.PI * cycles) / Math.Cos(Math.PI * cycles / 960)
            : Math.Sin(Math.PI * cycles) / Math.Sin(Math.PI * cycles / 960);
        var cycles = hertz * 960 / 24000;
        // Common phase exp(−iπ·cycles·959/960) taken out; the shifted kernels keep exp(±iπ·959/960).
        var turn = Math.PI * 959 / 960;
        var real = 0.5 * Dirichlet(cycles) - 0.25 * Math.Cos(turn) * (Dirichlet(cycles - 1) + Dirichlet(cycles + 1));
        var imaginary = -0.25 * Math.Sin(turn) * (Dirichlet(cycles - 1) - Dirichlet(cycles + 1));
        return real * real + imaginary * imaginary;
    }
}
