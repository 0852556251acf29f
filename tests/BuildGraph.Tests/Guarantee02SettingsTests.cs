using System.Globalization;
using Tmrvc.BuildGraph.Tests.Support;
using Tmrvc.Configuration;

namespace Tmrvc.BuildGraph.Tests;

/// <summary>Guarantee 2: only significant settings that differ from their defaults enter the key.</summary>
public sealed class Guarantee02SettingsTests
{
    private enum Schedule { Cosine, Linear }

    private sealed record Optimizer
    {
        public double Lr { get; init; } = 1e-4;
        public double[] Betas { get; init; } = [0.9, 0.999];
        [RuntimeOnly] public bool Fused { get; init; }
    }

    private sealed record Settings
    {
        public required int Steps { get; init; }
        public int? WarmUp { get; init; }
        public Schedule Schedule { get; init; }
        public Optimizer Optimizer { get; init; } = new() { Lr = 3e-4 };
        public Optimizer? Second { get; init; }
        public IReadOnlyDictionary<string, double> Losses { get; init; } = new Dictionary<string, double> { ["flow"] = 1 };
        public IReadOnlyList<Optimizer> Groups { get; init; } = [];
        public IReadOnlySet<string> Corpora { get; init; } = new HashSet<string>();
        [RuntimeOnly] public int Workers { get; init; } = 2;
        [Cosmetic] public string Title { get; init; } = "";
        public double Derived => Optimizer.Lr * Steps;
    }

    private static readonly Settings Base = new() { Steps = 100 };

    private static string[] Significant(object settings)
    {
        var sink = new ExplainingSink();
        SettingsManifest.Write(settings, "settings", sink);
        return [.. sink.Entries.Where(entry => !entry.IsDefault).Select(entry => $"{entry.What}={entry.Value}")];
    }

    [Test]
    public void A_value_equal_to_its_default_stays_out_of_the_key_and_a_required_one_never_does() =>
        Assert.That(Significant(Base), Is.EqualTo(new[] { "settings.steps=100" }));

    [Test]
    public void Runtime_only_and_cosmetic_settings_stay_out_of_the_key_at_any_depth() =>
        Assert.That(Significant(Base with { Workers = 9, Title = "x", Optimizer = new() { Lr = 3e-4, Fused = true } }),
            Is.EqualTo(Significant(Base)));

    [Test]
    public void Nested_records_lists_dictionaries_and_enums_are_written_by_path()
    {
        var settings = Base with
        {
            Schedule = Schedule.Linear,
            Optimizer = new() { Lr = 1e-4, Betas = [0.8, 0.99] },
            Losses = new Dictionary<string, double> { ["stft"] = 0.5, ["flow"] = 1 },
            Groups = [new(), new() { Lr = 1 }],
            WarmUp = 5,
        };
        Assert.That(Significant(settings), Is.EqualTo(new[]
        {
            "settings.groups=2 elements", "settings.groups[0]=Optimizer", "settings.groups[1]=Optimizer", "settings.groups[1].lr=1",
            "settings.losses=2 entries", "settings.losses.flow=1", "settings.losses.stft=0.5",
            "settings.optimizer.betas=2 elements", "settings.optimizer.betas[0]=0.8", "settings.optimizer.betas[1]=0.99", "settings.optimizer.lr=0.0001",
            "settings.schedule=Linear", "settings.steps=100", "settings.warm_up=5",
        }));
    }

    [Test]
    public void Settings_that_differ_have_manifests_that_differ()
    {
        Settings[] variants =
        [
            Base, Base with { Steps = 101 }, Base with { WarmUp = 0 }, Base with { Optimizer = new() }, Base with { Second = new() },
            Base with { Second = new() { Lr = 2 } }, Base with { Losses = new Dictionary<string, double>() }, Base with { Groups = [new()] },
            Base with { Corpora = new HashSet<string> { "vctk" } }, Base with { Corpora = new HashSet<string> { "null" } }, Base with { Schedule = Schedule.Linear },
        ];
        Assert.That(variants.Select(variant => string.Join('\n', Significant(variant))), Is.Unique);
    }

    [Test]
    public void The_order_of_a_dictionary_or_set_does_not_matter() => Assert.That(
        Significant(Base with { Corpora = new HashSet<string> { "b", "a" }, Losses = new Dictionary<string, double> { ["x"] = 1, ["a"] = 2 } }),
        Is.EqualTo(Significant(Base with { Corpora = new HashSet<string> { "a", "b" }, Losses = new Dictionary<string, double> { ["a"] = 2, ["x"] = 1 } })));

    [Test]
    public void The_culture_does_not_matter()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        var (before, settings) = (CultureInfo.CurrentCulture, Base with { Optimizer = new() { Lr = 0.25 } });
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.That(Significant(settings), Does.Contain("settings.optimizer.lr=0.25"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public async Task Runtime_only_changes_leave_a_stage_fresh_and_significant_ones_say_old_and_new()
    {
        using var checkout = new Checkout();
        TestAction Stage(Settings settings) =>
            new("Train", run => File.WriteAllText(run.Output("out.txt"), "w")) { With = settings };
        await checkout.Run(Stage(Base));
        Assert.That(checkout.Plan([Stage(Base with { Workers = 64, Title = "y" })]).IsFresh);
        var stale = checkout.Plan([Stage(Base with { Optimizer = new() { Lr = 4e-4 } })])["Train"];
        Assert.That(stale.State, Is.EqualTo(PlannedState.Run));
        Assert.That(stale.Changed, Is.EqualTo(new[] { new Change("settings.optimizer.lr", "0.0003", "0.0004") }));
    }

    [Test]
    public async Task A_changed_list_is_told_by_its_values_and_a_record_without_its_type()
    {
        using var checkout = new Checkout();
        TestAction Stage(double[] betas, Optimizer? second = null) => new("Train", run => File.WriteAllText(run.Output("out.txt"), "w"))
        {
            With = Base with { Optimizer = new() { Lr = 3e-4, Betas = betas }, Second = second },
        };
        await checkout.Run(Stage([0.9, 0.99]));
        Change[] Changed(Stage stage) => [.. checkout.Plan([stage])["Train"].Changed];
        Assert.That(Changed(Stage([0.9, 0.95])), Is.EqualTo(new[] { new Change("settings.optimizer.betas", "[0.9, 0.99]", "[0.9, 0.95]") }));
        Assert.That(Changed(Stage([0.9])), Is.EqualTo(new[] { new Change("settings.optimizer.betas", "[0.9, 0.99]", "[0.9]") }));
        Assert.That(Changed(Stage([0.9, 0.99], new())), Is.EqualTo(new[] { new Change("settings.second", "none", "set") }));
    }

    [Test]
    public void Settings_that_have_no_canonical_form_are_refused_before_anything_runs() => Assert.That(
        () => new StageGraph([new TestAction("Odd", _ => { }) { With = new Uncanonical() }]),
        Throws.TypeOf<GraphException>().With.Message.StartsWith("Stage Odd: settings.callback: type System.Func"));

    [Test]
    public void Values_given_to_a_constructor_are_settings_too() =>
        Assert.That(Significant(new { Rate = 24000 }), Is.EqualTo(new[] { "settings.rate=24000" }));

    private sealed record Uncanonical
    {
        public Func<int> Callback { get; init; } = () => 2;
    }
}
