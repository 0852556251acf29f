using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>Artifacts of a small run in a folder that goes with the fixture, and the report made of them.</summary>
internal sealed class ReportFixture : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tmrvc-report-");

    public string Folder => _root.FullName;

    public string Page => Path.Combine(Folder, "report", "index.html");

    public static ReportStage Stage(ReportSettings? settings = null) => new(
        "Report",
        settings ?? new ReportSettings(),
        new ReportSource.Metrics("SpeakerEncoder"),
        new ReportSource.Metrics("Phase0"),
        new ReportSource.Evaluation("EvaluatePhase0"),
        new ReportSource.Verdict("GatePhase0"),
        new ReportSource.Quarantine("FetchFolder"));

    /// <summary>Runs the report stage over artifacts whose every text ends in <paramref name="hostile"/>.</summary>
    public async Task<string> WriteContentAsync(string hostile = "", ReportSettings? settings = null)
    {
        var stage = Stage(settings);
        await stage.RunAsync(new FolderRun(stage, Folder, WriteArtifacts(hostile)), CancellationToken.None);
        return Path.Combine(Folder, ReportStage.ContentName);
    }

    public async Task WritePageAsync(string hostile = "") => ReportWriter.Write(Page, await WriteContentAsync(hostile), LedgerFixture.Write(hostile));

    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _root.Delete(recursive: true);

    private Dictionary<string, string> WriteArtifacts(string hostile) => new()
    {
        ["metricsspeakerencoder"] = WriteFile("speaker.jsonl", Metrics(150, 2.4, accuracy: true)),
        ["metricsphase0"] = WriteFile("phase0.jsonl", Metrics(900, 1.1, accuracy: false)),
        ["evaluationevaluatephase0"] = EvaluationFixture.Write(Path.Combine(Folder, "evaluation"), hostile),
        ["verdictgatephase0"] = WriteFile("verdict.json", Verdict(hostile)),
        ["quarantinefetchfolder"] = WriteFile("quarantine.jsonl", Line("quarantine", $"мой голос/запись {hostile}.mp3", $"is no audio{hostile}")),
    };

    private static string Line(string _, string id, string reason) => JsonSerializer.Serialize(new { id, reason }) + "\n";

    private static string Verdict(string hostile) => JsonSerializer.Serialize(new
    {
        Checks = new[]
        {
            new { Name = "smoothed loss falls", Found = "1.09 → 0.38", Allowed = "last < first", Passed = true },
            new { Name = $"self-reconstruction SECS{hostile}", Found = "0.61", Allowed = "> 0.7", Passed = false },
        },
        Passed = false,
    });

    private static string Metrics(int steps, double start, bool accuracy)
    {
        var random = new Random(1);
        var lines = new StringBuilder();
        for (var step = 1; step <= steps; step++)
        {
            var share = (double)step / steps;
            var loss = start * (0.33 + 0.67 * Math.Exp(-5 * share)) + 0.16 * start * (random.NextDouble() - 0.5);
            var last = accuracy ? $"\"accuracy\":{Text(1 - Math.Exp(-4 * share))}" : $"\"grad_norm\":{Text(0.4 + Math.Exp(-6 * share) + 0.3 * random.NextDouble())}";
            lines.Append($"{{\"step\":{step},\"loss\":{Text(loss)},\"lr\":{Text(2e-4 * (0.5 + 0.5 * Math.Cos(Math.PI * share)))},{last}}}\n");
            if (step % (steps / 9) == 0)
                lines.Append($"{{\"step\":{step},\"validation_loss\":{Text(loss * 1.03)}}}\n");
        }
        return lines.ToString();
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
