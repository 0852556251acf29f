namespace Tmrvc.Configuration.Tests;

public sealed class LayerTests
{
    private const string Base = "name: base\nedges: [1, 2]\nphases:\n  0: {steps: 10, lr: 0.1}\n  1: {steps: 20}\n";

    [Test]
    public void A_later_layer_wins_key_by_key_and_replaces_lists_whole()
    {
        var read = ConfigurationLoader.Load<SampleSettings>(
            [new("base.yaml", Base), new("smoke.yaml", "edges: [3]\nphases: {0: {steps: 2}}")], []);

        Assert.That((read.Name, read.Phases["0"].Steps, read.Phases["0"].Lr), Is.EqualTo(("base", 2, 0.1)));
        Assert.That(read.Edges, Is.EqualTo(new[] { 3.0 }));
        Assert.That(read.Phases.Keys, Is.EqualTo(new[] { "0", "1" }));
    }

    [Test]
    public void A_mistake_in_a_layer_names_that_layer()
    {
        var thrown = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load<SampleSettings>(
            [new("base.yaml", Base), new("smoke.yaml", "phases:\n  0: {lr: x}")], []));

        Assert.That(thrown!.Message, Does.StartWith("smoke.yaml:2:11: phases.0.lr: found 'x'"));
    }

    [Test]
    public void A_layer_can_stand_under_a_section()
    {
        var read = ConfigurationLoader.Load<SampleSettings>([new("phases.yaml", "0: {steps: 7}", Section: "phases")], []);

        Assert.That(read.Phases["0"].Steps, Is.EqualTo(7));
    }

    [Test]
    public void An_override_reaches_records_dictionaries_and_list_items()
    {
        var read = Sample.Load(Base, "phases.0.lr=4e-5", "edges.1=9", "title=a b", "phases.1.corpora=[x, y]");

        Assert.That((read.Phases["0"].Lr, read.Title), Is.EqualTo((4e-5, "a b")));
        Assert.That(read.Edges, Is.EqualTo(new[] { 1.0, 9.0 }));
        Assert.That(read.Phases["1"].Corpora, Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    public void The_last_of_two_overrides_wins()
    {
        Assert.That(Sample.Load(Base, "name=x", "name=y").Name, Is.EqualTo("y"));
    }

    [TestCase("phases.0.lrr=1", "--set phases.0.lrr=1: phases.0.lrr: unknown key; did you mean 'lr'?")]
    [TestCase("phases.9.lr=1", "--set phases.9.lr=1: phases.9: unknown key; Known: 0, 1.")]
    [TestCase("phases.0.lr=fast", "--set phases.0.lr=fast: phases.0.lr: found 'fast', allowed is a number")]
    [TestCase("phases.0.lr=-1", "--set phases.0.lr=-1: phases.0.lr: found -1, above 0 is allowed")]
    [TestCase("edges.2=1", "--set edges.2=1: no item '2' in edges: 0 to 1 is allowed")]
    [TestCase("name.first=1", "--set name.first=1: name: found a mapping, allowed is text")]
    [TestCase("name", "--set name: KEY=VALUE is allowed")]
    [TestCase("phases..lr=1", "--set phases..lr=1: KEY=VALUE is allowed")]
    [TestCase("edges=[1", "--set edges=[1: not valid YAML")]
    public void A_mistake_in_an_override_names_the_option(string change, string expected)
    {
        Assert.That(Sample.Mistakes(Base, change), Has.Length.EqualTo(1).And.One.StartsWith(expected));
    }
}
