using System.Text.Json.Nodes;
using Tmrvc.Reporting.Tests.Support;
using Tmrvc.SafeTensors;

namespace Tmrvc.Reporting.Tests;

public sealed class EvaluationFolderTests
{
    private ReportFixture _fixture = null!;
    private string _folder = null!;

    [SetUp]
    public void Write_an_evaluation()
    {
        _fixture = new ReportFixture();
        _folder = EvaluationFixture.Write(Path.Combine(_fixture.Folder, "evaluation"));
    }

    [TearDown]
    public void Remove_it() => _fixture.Dispose();

    [Test]
    public void Samples_signals_and_figures_come_in_their_order()
    {
        var evaluation = Read();
        Assert.That(evaluation.Samples.Select(sample => sample.Kind), Is.EqualTo(new[] { "reconstruction", "reconstruction", "conversion" }));
        Assert.That(evaluation.Samples[2].Signals.Select(signal => signal.Role), Is.EqualTo(new[] { "source", "reference", "generated" }));
        Assert.That(evaluation.Settings, Is.EqualTo(new Dictionary<string, string> { ["sampler"] = "euler", ["steps"] = "10", ["seed"] = "1" }));
        Assert.That(evaluation.Figures[2], Is.EqualTo(new Figure("UTMOS", null, "", "not computed: no model configured")));
        Assert.That(evaluation.Figures[0], Is.EqualTo(new Figure("mel L1", 0.4127, "nat", "reconstruction") { Count = 8, StandardError = 0.0213 }));
        Assert.That(evaluation.Axes.SecondsPerFrame, Is.EqualTo(0.01));
    }

    [Test]
    public void Systems_that_are_compared_keep_their_figures_and_need_not_be_there()
    {
        var systems = Read().Systems!;
        Assert.That(systems.Select(system => (system.Name, system.Note)), Is.EqualTo(new[] { ("Teacher", "10 Euler steps"), ("INT8", "") }));
        Assert.That(systems[1].Figures.Select(figure => (figure.Name, figure.Value)), Is.EqualTo(new[] { ("SECS of conversions", (double?)0.71), ("Latency", 40.0) }));
        Change(sample => sample.Root.AsObject().Remove("systems"));
        Assert.That(Read().Systems, Is.Null);
    }

    [Test]
    public void A_sample_without_sound_or_picture_counts_in_the_figures_and_is_not_shown() =>
        Assert.That(Read().Samples.Select(sample => sample.TargetSpeaker), Is.EqualTo(new[] { "", "", "Carlo-it" }));

    [Test]
    public void Levels_give_the_power_back_within_half_a_step()
    {
        var evaluation = Read();
        var (low, high) = (evaluation.Axes.Lowest, evaluation.Axes.Highest);
        var picture = evaluation.Samples[0].Signals[0].Mel!;
        var expected = SyntheticVoice.LogMel(240, 205).Select(power => Math.Clamp(power, low, high));
        var found = picture.Levels.Select(level => low + level / 255.0 * (high - low));
        Assert.That((picture.Bins, picture.Frames), Is.EqualTo((80, 240)));
        Assert.That(found, Is.EqualTo(expected).Within((high - low) / 510 + 1e-6));
    }

    [Test]
    public void A_picture_of_values_that_are_not_numbers_is_dark()
    {
        new SafeTensorsWriter().Add("broken", new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1f }, 2, 2).Save(Path.Combine(_folder, "mels.safetensors"));
        Change(sample => sample["signals"] = new JsonArray(new JsonObject { ["role"] = "generated", ["mel"] = "broken" }));
        Assert.That(Read().Samples[0].Signals[0].Mel!.Levels, Is.EqualTo(new byte[] { 0, 255, 0, 255 }));
    }

    [Test]
    public void Sounds_beyond_the_budget_are_named_and_left_out()
    {
        var budget = new AudioBudget(200_000);
        var clips = Read(budget).Samples.SelectMany(sample => sample.Signals).Select(signal => signal.Audio!).ToList();
        Assert.That(budget.Sounds.Values.Sum(sound => sound.Length), Is.LessThanOrEqualTo(200_000));
        Assert.That(budget.Sounds[clips[0].Sound], Has.Length.EqualTo(clips[0].Bytes));
        Assert.That(budget.Sounds.Keys, Does.Not.Contain(clips[2].Sound));
        Assert.That(clips[2].Bytes, Is.EqualTo(new FileInfo(Path.Combine(_folder, "audio", "1-target.wav")).Length));
    }

    [Test]
    public void A_sound_that_several_signals_share_is_carried_once()
    {
        File.Copy(Path.Combine(_folder, "audio", "0-target.wav"), Path.Combine(_folder, "audio", "1-generated.wav"), overwrite: true);
        var budget = new AudioBudget(long.MaxValue);
        var samples = Read(budget).Samples;
        Assert.That(samples[1].Signals[1].Audio!.Sound, Is.EqualTo(samples[0].Signals[0].Audio!.Sound));
        Assert.That(budget.Sounds.Keys, Is.EquivalentTo(samples.SelectMany(sample => sample.Signals).Select(signal => signal.Audio!.Sound).Distinct()));
    }

    [TestCase("../secret.wav")]
    [TestCase("/etc/hostname")]
    [TestCase("audio/absent.wav")]
    public void A_sound_outside_the_folder_is_refused(string name)
    {
        File.WriteAllBytes(Path.Combine(_fixture.Folder, "secret.wav"), [1]);
        Change(sample => sample["signals"]![0]!["audio"] = name);
        Assert.That(() => Read(), Throws.InstanceOf<InvalidDataException>().With.Message.Contains($"'{name}', which is not in the folder"));
    }

    [Test]
    public void A_sound_no_browser_plays_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder, "audio", "0.g722"), [1]);
        Change(sample => sample["signals"]![0]!["audio"] = "audio/0.g722");
        Assert.That(() => Read(), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("'.g722' is no sound for a browser"));
    }

    [Test]
    public void A_mel_that_is_not_there_is_named()
    {
        Change(sample => sample["signals"]![0]!["mel"] = "9/target");
        Assert.That(() => Read(), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("names the mel '9/target', which is not there"));
    }

    [Test]
    public void A_description_without_samples_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(_folder, "evaluation.json"), """{"stage":"Phase0"}""");
        Assert.That(() => Read(), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("evaluation.json: no evaluation").And.Message.Contains("samples"));
    }

    private EvaluationContent Read(AudioBudget? audio = null) => EvaluationFolder.Read(_folder, audio ?? new AudioBudget(long.MaxValue));

    private void Change(Action<JsonNode> change)
    {
        var path = Path.Combine(_folder, "evaluation.json");
        var description = JsonNode.Parse(File.ReadAllText(path))!;
        description["samples"] = new JsonArray(description["samples"]![0]!.DeepClone());
        change(description["samples"]![0]!);
        File.WriteAllText(path, description.ToJsonString());
    }
}
