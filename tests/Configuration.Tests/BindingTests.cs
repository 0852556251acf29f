using System.Globalization;

namespace Tmrvc.Configuration.Tests;

public sealed class BindingTests
{
    [Test]
    public void An_empty_file_gives_the_defaults()
    {
        Assert.That(Sample.Load("# nothing\n").Momentum, Is.EqualTo(0.9f));
    }

    [Test]
    public void Every_kind_of_value_is_read()
    {
        var read = Sample.Load("""
            name: tiny teacher
            title: "123"
            ema: true
            momentum: 0.5
            bytes: 11_747_302_977
            seed: -7
            edges: [0, 1.5, 1e-4]
            phases:
              1b: { steps: 200_000, lr: 5e-5, schedule: constant, corpora: [vctk, jvs] }
            """);

        Assert.That(read.Name, Is.EqualTo("tiny teacher"));
        Assert.That(read.Title, Is.EqualTo("123"));
        Assert.That(read.Ema, Is.True);
        Assert.That(read.Momentum, Is.EqualTo(0.5f));
        Assert.That(read.Bytes, Is.EqualTo(11_747_302_977));
        Assert.That(read.Seed, Is.EqualTo(-7));
        Assert.That(read.Edges, Is.EqualTo(new[] { 0, 1.5, 1e-4 }));
        var phase = read.Phases["1b"];
        Assert.That((phase.Steps, phase.Lr, phase.Schedule), Is.EqualTo((200_000, 5e-5, Schedule.Constant)));
        Assert.That(phase.Corpora, Is.EqualTo(new[] { "vctk", "jvs" }));
    }

    [Test]
    public void Comments_order_and_formatting_do_not_matter()
    {
        var block = Sample.Load("name: a\nphases:\n  '0':\n    steps: 5   # few\n    lr: 0.1\n");
        var flow = Sample.Load("# a comment\nphases: {\"0\": {lr: 1.0e-1, steps: 5}}\nname: 'a'\n");

        Assert.That(flow.Name, Is.EqualTo(block.Name));
        Assert.That(flow.Phases["0"] with { Corpora = [] }, Is.EqualTo(block.Phases["0"] with { Corpora = [] }));
    }

    [Test]
    public void A_nested_record_keeps_what_its_mapping_does_not_mention()
    {
        var read = Sample.Load("fine_tuning: {schedule: constant}\n");

        Assert.That((read.FineTuning.Steps, read.FineTuning.Lr, read.FineTuning.Schedule), Is.EqualTo((100, 1e-5, Schedule.Constant)));
        Assert.That(new SampleSettings().FineTuning.Schedule, Is.EqualTo(Schedule.CosineDecay));
    }

    [Test]
    public void Null_is_taken_where_the_property_is_nullable()
    {
        var read = Sample.Load("title: ~\nseed: null\n");

        Assert.That((read.Title, read.Seed), Is.EqualTo(((string?)null, (int?)null)));
    }

    [Test]
    public void An_anchored_value_is_repeated_by_its_alias()
    {
        var read = Sample.Load("phases:\n  a: &short {steps: 3}\n  b: *short\n");

        Assert.That(read.Phases["b"].Steps, Is.EqualTo(3));
    }

    [Test]
    public void Numbers_read_the_same_under_a_culture_with_decimal_commas()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.That(Sample.Load("momentum: 0.25").Momentum, Is.EqualTo(0.25f));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase("DContentVec", "d_content_vec")]
    [TestCase("NFft", "n_fft")]
    [TestCase("F0Shift", "f0_shift")]
    [TestCase("Steps", "steps")]
    public void A_property_is_written_in_snake_case(string property, string key)
    {
        Assert.That(SnakeCase.Of(property), Is.EqualTo(key));
    }
}
