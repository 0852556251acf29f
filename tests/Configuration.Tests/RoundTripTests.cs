using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Tmrvc.Configuration.Tests;

public sealed class RoundTripTests
{
    private static readonly Gen<PhaseSettings> Phase =
        from steps in Gen.Choose(0, 1_000_000)
        from lr in Gen.Choose(1, 1_000_000)
        from schedule in Gen.Elements(Schedule.Constant, Schedule.CosineDecay)
        select new PhaseSettings { Steps = steps, Lr = lr / 3e6, Schedule = schedule };

    private static readonly Gen<SampleSettings> Settings =
        from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from ema in Gen.Elements(true, false)
        from bytes in ArbMap.Default.GeneratorFor<long>()
        from seed in ArbMap.Default.GeneratorFor<int?>()
        from edges in Gen.ArrayOf(Gen.Choose(-1000, 1000).Select(edge => edge / 7.0))
        from phases in Gen.ArrayOf(Phase)
        select new SampleSettings
        {
            Name = name.Get,
            Ema = ema,
            Bytes = bytes,
            Seed = seed,
            Edges = edges,
            Phases = phases.Index().ToDictionary(phase => $"{phase.Index}", phase => phase.Item),
        };

    [FsCheck.NUnit.Property]
    public Property What_is_written_as_YAML_is_read_back() => Prop.ForAll(Settings.ToArbitrary(), written =>
    {
        var read = Sample.Load(Yaml(written));
        return Flat(read) == Flat(written)
            && read.Edges.SequenceEqual(written.Edges)
            && read.Phases.Keys.SequenceEqual(written.Phases.Keys)
            && read.Phases.All(phase => phase.Value with { Corpora = [] } == written.Phases[phase.Key] with { Corpora = [] });
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Any_text_is_either_read_or_reported() => Prop.ForAll(Scribble.ToArbitrary(), text =>
    {
        try
        {
            return Sample.Load(text) is not null;
        }
        catch (ConfigurationException reported)
        {
            return reported.Mistakes.Count > 0;
        }
    });

    private static readonly Gen<string> Scribble =
        from pieces in Gen.ArrayOf(Gen.Elements("name", "phases", ": ", "\n", "  ", "[", "]", "{", "}", ", ", "- ", "&a ", "*a", "0", "!x", "'", "\"", "? ", "|"))
        select string.Concat(pieces);

    private static readonly SampleSettings Empty = new();

    private static SampleSettings Flat(SampleSettings settings) => settings with { Edges = Empty.Edges, Phases = Empty.Phases };

    private static string Yaml(SampleSettings settings) => string.Create(CultureInfo.InvariantCulture, $$"""
        phases: { {{string.Join(", ", settings.Phases.Select(phase => $"'{phase.Key}': {Yaml(phase.Value)}"))}} }
        edges: [{{string.Join(", ", settings.Edges.Select(edge => edge.ToString("R", CultureInfo.InvariantCulture)))}}]
        seed: {{settings.Seed?.ToString(CultureInfo.InvariantCulture) ?? "~"}}
        bytes: {{settings.Bytes}}
        ema: {{(settings.Ema ? "true" : "false")}}
        name: "{{string.Concat(settings.Name.Select(letter => $"\\u{(int)letter:x4}"))}}"
        """);

    private static string Yaml(PhaseSettings phase) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{steps: {phase.Steps}, lr: {phase.Lr:R}, schedule: {SnakeCase.Of(phase.Schedule.ToString())}}}");
}
