using System.Numerics.Tensors;
using Tmrvc.Audio;
using Tmrvc.Contract;

namespace Tmrvc.Streaming.Tests;

public sealed class StreamingConverterTests
{
    private const int Hop = 240;

    private readonly Workbench _bench = new();

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [Test]
    public void A_thousand_hops_allocate_nothing([Values] bool looksAhead, [Values] WeightPrecision precision)
    {
        using var converter = _bench.Converter(new ConversionOptions { LooksAhead = looksAhead, Precision = precision }, new PitchRange(5, 0.2));
        var (speech, converted) = (Workbench.Speech(11), new float[Hop]);
        Push(converter, speech, 0, 100, converted);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Push(converter, speech, 100, 1100, converted);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase(false, 960)]
    [TestCase(true, 960 + 6 * Hop)]
    public void Latency_is_the_window_and_what_is_looked_ahead(bool looksAhead, int samples)
    {
        using var converter = _bench.Converter(new ConversionOptions { LooksAhead = looksAhead });
        Assert.That((converter.LatencySamples, converter.DelaySamples), Is.EqualTo((samples, samples - Hop)));
    }

    [Test]
    public void After_a_reset_the_same_speech_becomes_the_same([Values] bool looksAhead)
    {
        using var converter = _bench.Converter(new ConversionOptions { LooksAhead = looksAhead });
        var first = Converted(converter, Workbench.Speech(0.5));
        converter.Reset();
        Assert.That(Converted(converter, Workbench.Speech(0.5)), Is.EqualTo(first));
        Assert.That(first.Max(Math.Abs), Is.GreaterThan(0.01));
    }

    [Test]
    public void What_is_still_to_come_changes_nothing_that_has_come_out()
    {
        using var converter = _bench.Converter();
        var speech = Workbench.Speech(1);
        var whole = Converted(converter, speech);
        converter.Reset();
        Assert.That(Converted(converter, speech[..(50 * Hop)]), Is.EqualTo(whole[..(50 * Hop)]));
    }

    [Test]
    public void F0_is_moved_from_the_one_range_to_the_other()
    {
        var (low, high) = (new PitchRange(Math.Log(100), 0.1), new PitchRange(Math.Log(200), 0.2));
        Assert.That(low.Moved(100, high), Is.EqualTo(200).Within(1e-9));
        Assert.That(low.Moved(100 * Math.Exp(0.1), high), Is.EqualTo(200 * Math.Exp(0.2)).Within(1e-9));
    }

    [Test]
    public void A_stream_in_INT8_says_nearly_what_that_in_float32_says([Values] bool looksAhead)
    {
        var speech = Workbench.Speech(2);
        using var exact = _bench.Converter(new ConversionOptions { LooksAhead = looksAhead });
        using var quantised = _bench.Converter(new ConversionOptions { LooksAhead = looksAhead, Precision = WeightPrecision.Int8 });
        var (expected, found) = (Converted(exact, speech), Converted(quantised, speech));
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        var (exactMel, quantisedMel) = (new LogMel(Workbench.Signal).Compute(expected), new LogMel(Workbench.Signal).Compute(found));
        Assert.That(TensorPrimitives.Distance<float>(exactMel, quantisedMel) / Math.Sqrt(exactMel.Length), Is.InRange(1e-6, 0.5)); // nepers of power
    }

    private static void Push(StreamingConverter converter, float[] speech, int first, int end, float[] converted)
    {
        for (var hop = first; hop < end; hop++)
            converter.Push(speech.AsSpan(hop * Hop, Hop), converted);
    }

    private static float[] Converted(StreamingConverter converter, float[] speech)
    {
        var converted = new float[speech.Length / Hop * Hop];
        for (var start = 0; start < converted.Length; start += Hop)
            converter.Push(speech.AsSpan(start, Hop), converted.AsSpan(start, Hop));
        return converted;
    }
}
