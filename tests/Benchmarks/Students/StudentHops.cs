using System.Diagnostics;
using Tmrvc.Export;

namespace Tmrvc.Benchmarks.Students;

/// <summary>The networks that run while somebody speaks, in ONNX Runtime, on memory that is bound once.</summary>
internal sealed class StudentHops : IDisposable
{
    private const int RoomHops = 10;

    private readonly BoundModel[] _everyHop;
    private readonly BoundModel _room;

    public StudentHops(IEnumerable<ExportedModel> models)
    {
        var streaming = models.Where(model => QuantisedStudent.Reaches(model.Contract)).ToLookup(model => model.Contract.Name == "ir_estimator");
        _everyHop = [.. streaming[false].Select(model => new BoundModel(model))];
        _room = new BoundModel(streaming[true].Single());
    }

    public HopRound Run(int hops)
    {
        var times = new double[hops];
        var (processor, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
        for (var hop = 0; hop < hops; hop++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var model in _everyHop) model.Run();
            if (hop % RoomHops == 0) _room.Run();
            times[hop] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        return new HopRound(times, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / hops,
            (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / hops);
    }

    /// <summary>Of the first output over 100 calls on noise, each network with its own state.</summary>
    public static Deviation Deviation(ExportedModel reference, ExportedModel tested)
    {
        using var expected = new OnnxStep(reference.Contract, reference.Bytes());
        using var found = new OnnxStep(tested.Contract, tested.Bytes());
        var run = ParityCheck.Run(reference.Contract, expected, ParityInputs.Noise(reference.Contract, seed: 3, calls: 100));
        return ParityCheck.Deviations(reference.Contract, run, found)[reference.Contract.Outputs[0].Name];
    }

    public void Dispose()
    {
        foreach (var model in _everyHop) model.Dispose();
        _room.Dispose();
    }
}
