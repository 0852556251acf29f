using System.Runtime.InteropServices;
using Tmrvc.Models;
using Tmrvc.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>The same weights and inputs through both networks.</summary>
internal static class VelocityComparison
{
    public static async Task<double> LargestDifferenceAsync(PyTorchStepper theirs, TeacherCase teacherCase, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("teacher-velocity").FullName;
        try
        {
            var (weights, velocity) = (Path.Combine(folder, "weights.safetensors"), Path.Combine(folder, "velocity.bin"));
            var ours = Velocity(weights, teacherCase);
            await theirs.VelocityAsync(weights, velocity, cancellation);
            var other = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(velocity, cancellation)).ToArray();
            return ours.Length == other.Length ? ours.Zip(other, (a, b) => (double)Math.Abs(a - b)).Max() : double.PositiveInfinity;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static float[] Velocity(string path, TeacherCase teacherCase)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var teacher = teacherCase.Teacher();
        var batch = teacherCase.Drawn(7);
        var (mel, conditions) = (batch.Features.LogMelOn(CPU), batch.Conditions(TeacherCase.Dimensions, CPU));
        var tensors = ModuleWeights.Of(teacher);
        using var generator = new Generator(3);
        var time = rand([mel.shape[0]], generator: generator);
        nn.init.normal_(tensors["output_conv.weight"], 0, 0.05, generator); // zero in an untrained teacher
        foreach (var (name, value) in Named(mel, time, conditions)) tensors.Add("input." + name, value);
        ModuleWeights.Save(tensors, path);
        return teacher.call(mel, time, conditions).contiguous().data<float>().ToArray();
    }

    private static IEnumerable<(string, Tensor)> Named(Tensor mel, Tensor time, TeacherConditions conditions) =>
    [
        ("noisy", mel), ("time", time), ("content", conditions.Content), ("log_f0", conditions.LogF0), ("voiced", conditions.Voiced),
        ("speaker", conditions.Speaker), ("ir", conditions.Ir),
    ];
}
