using System.Diagnostics;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>Trains the upstream teacher here, with the optimiser that the pipeline trains with.</summary>
internal sealed class TeacherStepper(int batch, int frames) : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Teacher _teacher = UpstreamInputs.Teacher();
    private readonly UpstreamInputs _inputs = UpstreamInputs.Random(batch, frames);
    private AdamW? _optimiser;
    private long _updates;

    /// <returns>Milliseconds of each step.</returns>
    public IReadOnlyList<double> Steps(int count)
    {
        _optimiser ??= new AdamW(_teacher, new OptimiserSettings());
        return [.. Enumerable.Range(0, count).Select(_ => Timed())];
    }

    public void Dispose()
    {
        _optimiser?.Dispose();
        _teacher.Dispose();
        _scope.Dispose();
    }

    private double Timed()
    {
        var begin = Stopwatch.GetTimestamp();
        Step(_optimiser!);
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private void Step(AdamW optimiser)
    {
        using var scope = NewDisposeScope();
        var (noise, time) = (randn_like(_inputs.Mel), rand(_inputs.Mel.shape[0]));
        var velocity = _teacher.call(RectifiedFlow.Position(_inputs.Mel, noise, time), time, _inputs.Conditions);
        var loss = (velocity - RectifiedFlow.Velocity(_inputs.Mel, noise)).square().mean();
        optimiser.ZeroGradients();
        loss.backward();
        optimiser.Step(++_updates, 2e-4, optimiser.GradientNorm());
        loss.item<float>();
    }
}
