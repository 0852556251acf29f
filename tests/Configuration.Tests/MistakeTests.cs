namespace Tmrvc.Configuration.Tests;

public sealed class MistakeTests
{
    [TestCase("nane: x", "sample.yaml:1:1: nane: unknown key; did you mean 'name'?")]
    [TestCase("\nphases:\n  0: {steps: 1, corpra: []}", "sample.yaml:3:17: phases.0.corpra: unknown key; did you mean 'corpora'?")]
    [TestCase("zzz: 1", "sample.yaml:1:1: zzz: unknown key; Known: bytes, edges, ema, fine_tuning, momentum, name, phases, seed, title.")]
    [TestCase("ema: yes", "sample.yaml:1:6: ema: found 'yes', allowed is true or false")]
    [TestCase("seed: 1.5", "sample.yaml:1:7: seed: found '1.5', allowed is a whole number")]
    [TestCase("seed: 99999999999", "seed: found '99999999999', allowed is a whole number")]
    [TestCase("seed: 1__0", "seed: found '1__0', allowed is a whole number")]
    [TestCase("momentum: fast", "sample.yaml:1:11: momentum: found 'fast', allowed is a number")]
    [TestCase("momentum: '0.5'", "momentum: found '0.5', allowed is a number")]
    [TestCase("momentum: .inf", "momentum: found '.inf', allowed is a number")]
    [TestCase("name: [a]", "sample.yaml:1:7: name: found a list, allowed is text")]
    [TestCase("name:", "name: found no value, allowed is text")]
    [TestCase("edges: 3", "edges: found '3', allowed is a list")]
    [TestCase("edges: [1, x]", "sample.yaml:1:12: edges.1: found 'x', allowed is a number")]
    [TestCase("phases: [1]", "phases: found a list, allowed is a mapping of names")]
    [TestCase("phases: {0: 5}", "phases.0: found '5', allowed is a mapping of settings")]
    [TestCase("phases:\n  0:\n    lr: 1", "sample.yaml:3:5: phases.0.steps: required, not found")]
    [TestCase("phases: {0: {steps: 1, schedule: linear}}", "phases.0.schedule: found 'linear', allowed is one of constant, cosine_decay")]
    [TestCase("phases: {0: {steps: 1, lr: 0}}", "sample.yaml:1:24: phases.0.lr: found 0, above 0 is allowed")]
    [TestCase("name: a\nname: b", "sample.yaml:2:1: duplicate key 'name', first at line 1")]
    [TestCase("name: a\n---\nname: b", "sample.yaml:2:1: a second document begins here")]
    [TestCase("name: *a", "not valid YAML: alias '*a' has no anchor before it")]
    [TestCase("- 1", "sample.yaml:1:1: the file: found a list, allowed is a mapping of settings")]
    public void A_mistake_names_its_line_what_was_found_and_what_is_allowed(string yaml, string expected)
    {
        Assert.That(Sample.Mistakes(yaml), Has.Length.EqualTo(1).And.One.Contains(expected));
    }

    [Test]
    public void All_mistakes_are_listed_in_the_order_of_their_lines()
    {
        var mistakes = Sample.Mistakes("ema: maybe\nseed: x\nphases:\n  0: {lr: 1}\n  1: {steps: 2000000, lr: -1}\nfoo: 1\n");

        Assert.That(mistakes.Select(mistake => mistake.Split(':')[1]), Is.EqualTo(new[] { "1", "2", "4", "5", "5", "6" }));
    }

    [Test]
    public void An_unknown_key_does_not_hide_what_the_record_says_of_itself()
    {
        Assert.That(Sample.Mistakes("phases:\n  0: {steps: 2000000, lrr: 1, lr: 0}"), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_record_whose_values_cannot_all_be_read_is_not_judged_by_its_defaults()
    {
        Assert.That(Sample.Mistakes("phases:\n  0: {steps: many, lr: 0}"), Has.Length.EqualTo(1).And.One.Contains("found 'many'"));
    }

    [Test]
    public void Text_that_is_not_YAML_is_reported_alone_with_its_line()
    {
        Assert.That(Sample.Mistakes("ema: maybe\nname: [a\nfoo: 1\n"), Has.Length.EqualTo(1).And.One.Match("^sample.yaml:[23]:.*not valid YAML"));
    }

    [Test]
    public void A_missing_required_section_is_reported_without_a_file()
    {
        var thrown = Assert.Throws<ConfigurationException>(
            () => ConfigurationLoader.Load<RequiredSection>([new ConfigurationLayer("a.yaml", "")], []));

        Assert.That(thrown!.Message, Is.EqualTo("configuration: sample: required, not found"));
    }

    private sealed record RequiredSection
    {
        public required SampleSettings Sample { get; init; }
    }
}
