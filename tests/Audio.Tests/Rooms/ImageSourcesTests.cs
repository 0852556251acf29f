using System.Numerics.Tensors;

namespace Tmrvc.Audio.Tests.Rooms;

public sealed class ImageSourcesTests
{
    private const int SampleRate = 24000;

    private readonly ImageSources sources = new(SampleRate);

    [Test]
    public void Without_reflections_there_is_the_direct_sound_alone_at_its_time()
    {
        var room = Room(new Place(5, 4, 3), new Place(1, 1, 1), new Place(1 + 100 * ShoeboxRoom.SpeedOfSound / SampleRate, 1, 1), absorption: 1);

        var response = sources.Respond(room, 0.05);

        Assert.That(DirectSound.Find(response, SampleRate), Is.EqualTo(100));
        Assert.That(response[100], Is.EqualTo(1).Within(0.02));
        Assert.That(response.Where((_, n) => Math.Abs(n - 100) > 40).Select(Math.Abs), Is.All.LessThan(0.005));
    }

    [Test]
    public void The_reflection_of_each_wall_comes_when_and_as_strong_as_geometry_says([Range(0, 5)] int wall)
    {
        var (size, source, microphone) = (new Place(8, 6, 4), new Place(3, 2.5, 1.2), new Place(5, 3, 2));
        double[] paths =
        [
            Path(3 + 5, 0.5, 0.8), Path(5 + 3, 0.5, 0.8), Path(2, 2.5 + 3, 0.8), Path(2, 3.5 + 3, 0.8), Path(2, 0.5, 1.2 + 2), Path(2, 0.5, 2.8 + 2),
        ];
        var room = Room(size, source, microphone, absorption: 1);
        var walls = room.Walls.ToArray();
        walls[wall] = new WallAbsorption([.. Enumerable.Repeat(0.36, 7)]);

        var response = sources.Respond(room with { Walls = walls }, 0.04);

        var expected = (int)Math.Round(paths[wall] / ShoeboxRoom.SpeedOfSound * SampleRate);
        var around = response.AsSpan((expected - 45)..(expected + 45));
        // Pressure reflection √(1 − 0.36); the image may be 8 cm, 6 samples, off its place.
        Assert.That(Amplitude(around, 3000), Is.EqualTo(0.8 * room.Distance / paths[wall]).Within(5).Percent);
        Assert.That(TensorPrimitives.IndexOfMaxMagnitude(around), Is.EqualTo(45).Within(6));
    }

    /// <summary>Eyring's formula is that of evenly spread sound; between parallel walls it lasts longer (Lehmann and Johansson 2008).</summary>
    [Test]
    public void Decay_times_are_about_those_of_the_formula([Values(0.1, 0.2, 0.4)] double absorption)
    {
        var room = Room(new Place(7.1, 5.3, 3.7), new Place(1.3, 1.7, 1.1), new Place(4.9, 3.2, 1.6), absorption);
        var seconds = Eyring(room, absorption);

        var (_, parameters) = Prepared(room, 1.3 * seconds);

        Assert.That(parameters.Values[1..4], Is.All.InRange(0.9 * seconds, 1.5 * seconds));
    }

    [Test]
    public void Bands_that_are_absorbed_more_decay_sooner()
    {
        var walls = Enumerable.Repeat(new WallAbsorption([0.1, 0.1, 0.1, 0.15, 0.25, 0.35, 0.5]), 6).ToArray();
        var room = new ShoeboxRoom(new Place(7.1, 5.3, 3.7), new Place(1.3, 1.7, 1.1), new Place(4.9, 3.2, 1.6), walls);

        var (_, parameters) = Prepared(room, 1.2);

        Assert.That(parameters.Mask, Is.All.EqualTo(1));
        Assert.That(parameters.Values[1..8], Is.Ordered.Descending.Using<float>((a, b) => Math.Abs(a - b) < 0.03 ? 0 : a.CompareTo(b)));
        Assert.That(parameters.Rt60(7), Is.LessThan(0.5 * parameters.Rt60(1)));
    }

    [Test]
    public void The_same_room_gives_the_same_bytes_every_time()
    {
        var room = Room(new Place(5, 4, 3), new Place(1, 1, 1), new Place(3, 2.5, 1.5), absorption: 0.3);

        Assert.That(new ImageSources(SampleRate).Respond(room, 0.3), Is.EqualTo(sources.Respond(room, 0.3)));
    }

    /// <summary>ISO 9613-1, table 1: 20 °C, 50 %, exact midband frequencies; decibels per kilometre.</summary>
    [TestCase(125.89, 0.445)]
    [TestCase(501.19, 2.73)]
    [TestCase(1000, 4.66)]
    [TestCase(3981.07, 29.4)]
    [TestCase(7943.28, 104)]
    public void Air_absorbs_as_the_standard_says(double hertz, double decibels)
    {
        Assert.That(1000 * AirAbsorption.DecibelsPerMetre(hertz), Is.EqualTo(decibels).Within(1).Percent);
    }

    [Test]
    public void The_bands_of_an_impulse_add_up_to_the_impulse()
    {
        var perBand = new System.Runtime.Intrinsics.Vector256<float>[2000];
        perBand[1000] = OctaveBands.Vector(_ => 1);

        var joined = OctaveBands.Join(perBand, SampleRate, lowest: 0);

        Assert.That(joined[1000], Is.EqualTo(1).Within(1e-3));
        Assert.That(joined.Where((_, n) => n != 1000), Is.All.EqualTo(0).Within(1e-3));
    }

    private (ImpulseResponse, ImpulseResponseParameters) Prepared(ShoeboxRoom room, double seconds) =>
        new ImpulseResponsePreparation(SampleRate, Decays.Bands, new()).Prepare(new AudioBuffer(sources.Respond(room, seconds), SampleRate));

    private static double Path(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z);

    /// <summary>Of the spectrum at one frequency.</summary>
    private static double Amplitude(ReadOnlySpan<float> samples, double hertz)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var n = 0; n < samples.Length; n++)
            sum += samples[n] * System.Numerics.Complex.Exp(new(0, -2 * Math.PI * hertz * n / SampleRate));
        return sum.Magnitude;
    }

    private static double Eyring(ShoeboxRoom room, double absorption) =>
        24 * Math.Log(10) / ShoeboxRoom.SpeedOfSound * room.Volume / (-2 * room.WallAreas.Sum() * Math.Log(1 - absorption));

    private static ShoeboxRoom Room(Place size, Place source, Place microphone, double absorption) =>
        new(size, source, microphone, [.. Enumerable.Repeat(new WallAbsorption([.. Enumerable.Repeat(absorption, 7)]), 6)]);
}
