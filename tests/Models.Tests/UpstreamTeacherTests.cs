using Tmrvc.Models;

namespace Tmrvc.Models.Tests;

public sealed class UpstreamTeacherTests
{
    private static readonly TeacherDimensions Dimensions = new(Mels: 80, Content: 768, Speaker: 192, IrParameters: 24, Heads: 8);

    private static readonly SortedDictionary<string, long[]> Weights = Shapes(TeacherArchitecture.Upstream(Dimensions));

    [Test]
    public void Has_17_2_million_parameters() => Assert.That(Count(Weights), Is.EqualTo(17_184_976));

    /// <summary>upstream-weights.txt is printed by tests/Benchmarks/pytorch/teacher.py.</summary>
    [Test]
    public void Has_the_names_and_shapes_of_the_exchange_format()
    {
        var expected = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "upstream-weights.txt"));
        Assert.That(Weights.Select(weight => $"{weight.Key} [{string.Join(", ", weight.Value)}]"), Is.EqualTo(expected));
    }

    [TestCase("base", 75_000_000, 90_000_000)]
    [TestCase("tiny", 1_500_000, 4_000_000)]
    public void The_other_presets_have_their_size(string preset, long least, long most) =>
        Assert.That(Count(Shapes(TeacherArchitecture.Preset(preset, Dimensions))), Is.InRange(least, most));

    private static long Count(SortedDictionary<string, long[]> weights) =>
        weights.Values.Sum(shape => shape.Aggregate(1L, (product, length) => product * length));

    private static SortedDictionary<string, long[]> Shapes(TeacherArchitecture architecture)
    {
        using var teacher = new Teacher(architecture);
        return new(ModuleWeights.Of(teacher).ToDictionary(weight => weight.Key, weight => weight.Value.shape), StringComparer.Ordinal);
    }
}
