using Tmrvc.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Models.Tests;

/// <summary>Students small enough for exact checks: narrow, with the real chains of blocks.</summary>
internal static class SmallStudent
{
    public static StudentArchitecture Architecture => SmallArchitecture.Student;

    public static ConverterConditions Conditions(int batch) =>
        new(nn.functional.normalize(randn(batch, 4), dim: 1), rand([batch, 6]), randn(batch, 256) * 0.3);

    /// <summary>Every call's output side by side, each call with the state that the one before left.</summary>
    /// <param name="step">Takes the first frame of a call and the state.</param>
    public static Tensor InSteps(int frames, int each, Func<int, Tensor?, Streamed> step)
    {
        var outputs = new List<Tensor>();
        Tensor? state = null;
        for (var first = 0; first < frames; first += each)
        {
            var streamed = step(first, state);
            outputs.Add(streamed.Output);
            state = streamed.State;
        }
        return cat(outputs, 2);
    }
}
