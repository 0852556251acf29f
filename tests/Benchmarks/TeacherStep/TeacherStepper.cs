using System.Diagnostics;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>Trains a teacher as the pipeline does: batches from the feed, drawn noise, flow loss, clipping, AdamW, moving average.</summary>
internal sealed class TeacherStepper : IDisposable
{
    private const int Batches = 4;

    private readonly Teacher _teacher;
    private readonly LearnerRun<TeacherBatch> _learner;
    private readonly BatchFeed<TeacherBatch> _feed;
    private readonly Device _device;
    private long _step;

    public TeacherStepper(TeacherCase teacherCase, Device device)
    {
        _device = device;
        _teacher = teacherCase.Teacher();
        _teacher.to(device);
        var precision = new MixedPrecision(device.type == DeviceType.CUDA ? Precision.Bf16 : Precision.Float32, device);
        var objective = new TeacherObjective(
            (position, time, conditions) => precision.Forward(() => _teacher.forward(position, time, conditions)),
            TeacherCase.Dimensions, new FlowSettings(), [new FlowLoss()], device);
        _learner = new LearnerRun<TeacherBatch>(new Learner<TeacherBatch>
        {
            Name = "teacher", Network = _teacher, Objective = objective.Evaluate, AverageDecay = 0.999,
            LearningRate = new LearningRate(LearningRateShape.Constant, 2e-4, long.MaxValue),
        });
        var batches = Enumerable.Range(0, Batches).Select(number => teacherCase.Drawn(number)).ToArray();
        _feed = new BatchFeed<TeacherBatch>(step => batches[step % Batches], Forever(), Batches, TimeProvider.System);
    }

    /// <returns>Milliseconds of each step.</returns>
    public IReadOnlyList<double> Steps(int count) => [.. Enumerable.Range(0, count).Select(_ => Timed())];

    public void Dispose()
    {
        _feed.Dispose();
        _learner.Dispose();
        _teacher.Dispose();
    }

    private static IEnumerable<long> Forever()
    {
        for (var index = 0L; ; index++) yield return index;
    }

    private double Timed()
    {
        var begin = Stopwatch.GetTimestamp();
        var (step, batch) = (_step++, _feed.Next());
        var result = _learner.Accumulate([batch], stream => new StepRandom(1, step, stream, _device));
        _learner.Apply(step + 1, 2e-4, result.GradientNorm);
        if (_device.type == DeviceType.CUDA) cuda.synchronize();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
