using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>PyTorch, Debian's where nothing else is said, in a process of its own, answering one request a line; see pytorch/teacher_step.py.</summary>
internal sealed class PyTorchStepper : IAsyncDisposable
{
    private static readonly string Python = Environment.GetEnvironmentVariable("TMRVC_PYTHON") ?? "/usr/bin/python3";
    private readonly Process _process;

    private PyTorchStepper(Process process) => _process = process;

    /// <exception cref="InvalidOperationException">There is no Python with PyTorch.</exception>
    /// <param name="device">cpu or cuda. On a GPU the Python with a PyTorch for it is named by TMRVC_PYTHON.</param>
    public static PyTorchStepper Start(string root, string device, int threads, TeacherCase teacherCase)
    {
        var script = Path.Combine(root, "tests", "Benchmarks", "pytorch", "teacher_step.py");
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-B", script, "--device", device, "--preset", teacherCase.Preset, "--threads", Text(threads), "--batch", Text(teacherCase.Batch), "--frames", Text(teacherCase.Frames)])
            start.ArgumentList.Add(argument);
        start.Environment["OPENBLAS_NUM_THREADS"] = Text(threads);
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        return new(Process.Start(start) ?? throw new InvalidOperationException($"{Python}: could not be started."));
    }

    /// <returns>Milliseconds of each step.</returns>
    public async Task<IReadOnlyList<double>> StepsAsync(int count, CancellationToken cancellation)
    {
        using var answer = await AskAsync(new { steps = count }, cancellation);
        return [.. answer.RootElement.GetProperty("milliseconds").EnumerateArray().Select(value => value.GetDouble())];
    }

    /// <summary>Writes the velocity that the weights and inputs of a safetensors file give, as raw float32, row-major.</summary>
    public async Task VelocityAsync(string weightsAndInputs, string output, CancellationToken cancellation)
    {
        using var _ = await AskAsync(new { velocity = weightsAndInputs, output }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<JsonDocument> AskAsync(object request, CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        var line = await _process.StandardOutput.ReadLineAsync(cancellation)
            ?? throw new InvalidOperationException($"{Python}: ended without an answer; Debian's python3-torch is needed.");
        return JsonDocument.Parse(line);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
