namespace Tmrvc.Export.Tests;

public sealed class DeviationTests
{
    [TestCase(1f)]
    [TestCase(0.001f)]
    public void A_wrong_angle_is_found_however_short_the_vectors_are_that_phases_are_read_from(float length)
    {
        var off = Of(found: (2, 0.5f + 0.001f), expected: (2, 0.5f), lengths: [length, length, length]);
        Assert.That(off.Largest, Is.EqualTo(0.001).Within(1e-6));
    }

    [Test]
    public void A_phase_counts_less_where_its_vector_is_shorter_than_others_or_its_magnitude_below_1()
    {
        Assert.That(Of((2, 0.51f), (2, 0.5f), [0.1f, 1, 1]).Largest, Is.EqualTo(0.001).Within(1e-6));
        Assert.That(Of((0.1f, 0.51f), (0.1f, 0.5f), [1, 1, 1]).Largest, Is.EqualTo(0.001).Within(1e-6));
    }

    [Test]
    public void A_whole_turn_is_no_difference() => Assert.That(Of((2, MathF.PI), (2, -MathF.PI), [1, 1, 1]).Largest, Is.LessThan(1e-6));

    [Test]
    public void What_is_no_number_is_the_largest() => Assert.That(Of((2, float.NaN), (2, 0), [1, 1, 1]).Largest, Is.NaN);

    /// <summary>The first of three bins; the others are right.</summary>
    private static Deviation Of((float Magnitude, float Phase) found, (float Magnitude, float Phase) expected, float[] lengths) =>
        Deviation.Of("stft_phase", [Frame(found)], [new Dictionary<string, float[]>(Frame(expected)) { [Deviation.PhaseLength] = lengths }]);

    private static Dictionary<string, float[]> Frame((float Magnitude, float Phase) first) =>
        new() { ["stft_mag"] = [first.Magnitude, 1, 1], ["stft_phase"] = [first.Phase, 0, 1] };
}
