using System.Text.Json;
using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>Files that hold no speech: quarantined with their reason, told of in the report, and no reason to stop.</summary>
[Category("EndToEnd")]
public sealed class BadRecordingTests
{
    private static readonly string[] Bad =
    [
        "allison-en/corrupt.wav",
        "allison-en/empty.wav",
        "carlo-it/silent.wav",
        "carlo-it/text.wav",
        "carlo-it/a 'quoted' \"name\" & <more>.wav",
        "june-fr/Ünïcode 声.wav",
        "june-fr/notes.pdf",
    ];

    private static readonly string[] OddNames = ["with space", "naïve 声", "it's", "say \"aah\"", "50% & #1", "-rf"];

    [Test]
    public void Bad_files_are_quarantined_and_reported_while_all_else_stays_as_it_was()
    {
        using var workspace = SharedWorkspaces.Done();
        WriteBad(workspace.Voices);

        var run = workspace.Run().With(code: 0);

        Assert.That(run.Ran, Is.EqualTo(new[] { "PreprocessFolder", "Report" }));
        var quarantine = Reasons(workspace.OutputText("PreprocessFolder", "quarantine.jsonl"));
        Assert.That(quarantine.Keys, Is.SupersetOf(Bad));
        Assert.That(Bad.Select(file => quarantine[file]), Has.All.Length.GreaterThan(5));
        Assert.That(quarantine["allison-en/empty.wav"], Does.Contain("empty"));
        Assert.That(quarantine["carlo-it/silent.wav"], Does.Contain("silent"));
        Assert.That(quarantine["june-fr/notes.pdf"], Does.Contain("extension '.pdf'"));
    }

    [Test]
    public void The_report_names_each_quarantined_file_with_its_reason()
    {
        using var workspace = SharedWorkspaces.Done();
        WriteBad(workspace.Voices);

        workspace.Run().With(code: 0);

        using var content = JsonDocument.Parse(workspace.OutputText("Report", "content.json"));
        var told = content.RootElement.GetProperty("quarantine").EnumerateArray()
            .ToDictionary(item => item.GetProperty("id").GetString()!, item => item.GetProperty("reason").GetString());
        Assert.That(told.Keys, Is.SupersetOf(Bad));
        Assert.That(told, Is.EquivalentTo(Reasons(workspace.OutputText("PreprocessFolder", "quarantine.jsonl"))));
        Assert.That(File.ReadAllText(Path.Combine(workspace.Artifacts, "report", "index.html")), Does.Contain("carlo-it/silent.wav"));
    }

    [Test]
    public void Speech_in_files_with_odd_names_and_behind_links_is_used()
    {
        using var workspace = SharedWorkspaces.WithCorpus();
        var speaker = Path.Combine(workspace.Voices, "An Odd Speaker, Esq.");
        foreach (var name in OddNames)
            Voices.WriteAnother(Path.Combine(speaker, name + ".wav"));
        File.CreateSymbolicLink(Path.Combine(speaker, "link.wav"), Path.Combine(speaker, OddNames[0] + ".wav"));
        Directory.CreateSymbolicLink(Path.Combine(workspace.Voices, "An Odd Link"), speaker);

        workspace.Run("--target=FeaturesFolder").With(code: 0);

        var quarantine = Reasons(workspace.OutputText("PreprocessFolder", "quarantine.jsonl"));
        Assert.That(quarantine.Keys.Where(id => id.StartsWith("An Odd", StringComparison.Ordinal)), Is.Empty);
        Assert.That(workspace.Metric("PreprocessFolder", "items"), Is.EqualTo(SharedWorkspaces.Utterances + 2 * (OddNames.Length + 1)));
        Assert.That(workspace.Metric("FeaturesFolder", "items"), Is.EqualTo(workspace.Metric("PreprocessFolder", "utterances")));
        Assert.That(workspace.Metric("FeaturesFolder", "items_rejected"), Is.Zero);
    }

    [Test]
    public void A_folder_of_nothing_but_bad_files_fails_its_stage_by_name()
    {
        using var workspace = Workspace.Create("mini");
        WriteBad(workspace.Voices);

        var failed = workspace.Run().With(code: 1);

        Assert.That(failed.Everything, Does.Contain($"[PreprocessFolder] failed: all {Bad.Length} items were rejected"));
        Assert.That(failed.Ran, Is.Empty);
        Assert.That(workspace.Locks, Is.Empty);
    }

    [Test]
    public void A_folder_that_is_not_there_is_named_before_anything_runs()
    {
        using var workspace = Workspace.Create("mini");

        var failed = workspace.Run();

        Assert.That(failed.Code, Is.Not.Zero);
        Assert.That(failed.Everything, Does.Contain("data/voices: there is no such folder"));
        Assert.That(failed.Ran, Is.Empty);
    }

    private static void WriteBad(string voices)
    {
        foreach (var file in Bad)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(voices, file))!);
        var speech = Path.Combine(voices, Bad[0]);
        Voices.WriteAnother(speech);
        File.WriteAllBytes(speech, File.ReadAllBytes(speech)[..30]);
        File.WriteAllBytes(Path.Combine(voices, Bad[1]), []);
        Voices.WriteSilence(Path.Combine(voices, Bad[2]));
        foreach (var file in Bad[3..])
            File.WriteAllText(Path.Combine(voices, file), "Not a recording but a note about one.\n");
    }

    private static Dictionary<string, string> Reasons(string jsonLines) => jsonLines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(item => item.GetProperty("id").GetString()!, item => item.GetProperty("reason").GetString()!);
}
