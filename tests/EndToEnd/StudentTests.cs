using Tmrvc.EndToEnd.Harness;

namespace Tmrvc.EndToEnd;

/// <summary>From a teacher to a converted recording, by the front door alone.</summary>
[Category("EndToEnd")]
public sealed class StudentTests
{
    private const string Student = """

        student:
          phase: a
          evaluation: {utterances: 1, targets: 1, enrolment: 20, lookahead: [2]}
          gate: {judge: ~, assigned: ~, assigned_of_teacher: ~, conversion_of_teacher: ~, f0_correlation: ~, int8_drop: ~, reverberant: ~, rt60_correlation: ~}
          trajectories: {frames: 48, min_frames: 40, steps: 2, stretches: 2, batch_size: 8, validation: 2}
          distill_a: {steps: 2, warm_up: 0, batch_size: 2, min_frames: 40, validation_interval: 2, validation_batches: 1}
          vocoder: {steps: 2, warm_up: 0, batch_size: 2, frames: 40, min_frames: 40, validation_interval: 2, validation_batches: 1}
          voices: {steps: 2, warm_up: 0, batch_size: 2, frames: 48, min_frames: 40, validation_interval: 2, validation_batches: 1}
          rooms: {steps: 2, warm_up: 0, batch_size: 2, frames: 48, min_frames: 40, validation_interval: 2, validation_batches: 1}
        """;

    [Test]
    public void A_student_is_distilled_judged_and_packed_and_converts()
    {
        using var workspace = SharedWorkspaces.Done();
        workspace.Edit("profiles/mini.yaml", "in_use: []", "in_use: [synthetic]\n  synthetic: {rooms: 6, responses_per_room: 1, longest_rt60: 0.4}");
        workspace.Edit("profiles/mini.yaml", "    reconstruction: ~\n", "    reconstruction: ~\n" + Student);

        var made = workspace.Run("--target=Package").With(code: 0);

        Assert.That(made.Ran, Is.SupersetOf(new[] { "Trajectories", "DistillA", "StudentVocoder", "StudentVoices", "StudentRooms", "Student", "Export", "Parity", "Quantize", "ParityInt8", "Package", "EvaluateStudent", "GateStudent", "Report" }));
        Assert.That(made.Ran, Does.Not.Contain("Phase0"), "the teacher was there");
        Assert.That(workspace.Run("--target=Package", "--check").With(code: 0).Ran, Is.Empty);
        string[] recordings = [.. Directory.EnumerateFiles(workspace.Voices, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (var precision in new[] { "--int8", "--hq" })
            workspace.Run("--target=Convert", $"--input={recordings[0]}", $"--speaker={recordings[^1]}", "--output=converted.wav", precision).With(code: 0);
        Assert.That(new FileInfo(Path.Combine(workspace.Root, "converted.wav")).Length, Is.GreaterThan(20_000));
    }
}
