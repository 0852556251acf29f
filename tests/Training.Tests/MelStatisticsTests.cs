using Tmrvc.Training.Tests.Support;

namespace Tmrvc.Training.Tests;

public sealed class MelStatisticsTests
{
    [Test]
    public void Mean_and_deviation_are_those_of_the_clamped_values_of_each_band()
    {
        var builder = new MelStatisticsBuilder(bands: 2, clamp: -11.5);
        builder.Add([-23f, -1, 3, 2, 2, 5]);
        builder.Add([1f, -4]);
        var statistics = builder.Build();
        Assert.That(statistics.Mean, Is.EqualTo(new[] { (-11.5 - 1 + 3 + 1) / 4, (2 + 2 + 5 - 4) / 4.0 }).Within(1e-6));
        Assert.That(statistics.Deviation[1], Is.EqualTo(Math.Sqrt((4 + 4 + 25 + 16) / 4.0 - 1.5625)).Within(1e-6));
        Assert.That(statistics.Frames, Is.EqualTo(4));
    }

    [Test]
    public void A_million_values_far_from_zero_lose_no_precision()
    {
        var builder = new MelStatisticsBuilder(bands: 1, clamp: -1000);
        for (var i = 0; i < 1000; i++) builder.Add([.. Enumerable.Range(0, 1000).Select(n => n % 2 == 0 ? 999.75f : 1000.25f)]);
        Assert.That((builder.Build().Mean[0], builder.Build().Deviation[0]), Is.EqualTo((1000f, 0.25f)).Within(1e-4f));
    }

    [Test]
    public void Restoring_undoes_normalising_above_the_clamp()
    {
        var statistics = new MelStatistics(-11.5f, [-3, 1], [2, 0.5f], Frames: 1);
        float[] logMel = [-23, -5, 2, -11.4f];
        statistics.Normalise(logMel);
        Assert.That(logMel, Is.EqualTo(new[] { -4.25f, -1, 2, -24.8f }).Within(1e-5));
        statistics.Restore(logMel);
        Assert.That(logMel, Is.EqualTo(new[] { -11.5f, -5, 2, -11.4f }).Within(1e-5));
    }

    [Test]
    public void A_file_gives_back_what_was_written_byte_for_byte()
    {
        using var folder = new TemporaryFolder();
        var statistics = new MelStatistics(-11.5f, [-3.1f, 0.1f], [2, 0.3333333f], Frames: 12);
        statistics.Write(folder["a.json"]);
        MelStatistics.Read(folder["a.json"]).Write(folder["b.json"]);
        Assert.That(File.ReadAllBytes(folder["b.json"]), Is.EqualTo(File.ReadAllBytes(folder["a.json"])));
        Assert.That(MelStatistics.Read(folder["b.json"]).Deviation, Is.EqualTo(statistics.Deviation));
    }

    [TestCase("{}")]
    [TestCase("[1, 2]")]
    [TestCase("""{"clamp": -11.5, "mean": [0], "deviation": [0], "frames": 1}""")]
    public void Other_files_are_refused_with_their_path(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.json"], content);
        Assert.That(() => MelStatistics.Read(folder["x.json"]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("x.json"));
    }

    [Test]
    public void A_training_split_without_frames_is_refused() =>
        Assert.That(() => new MelStatisticsBuilder(80, -11.5).Build(), Throws.TypeOf<InvalidDataException>());
}
