using System.Runtime.InteropServices;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Benchmarks.TeacherStep;

/// <summary>The same weights and inputs through both networks.</summary>
internal static class VelocityComparison
{
    public static async Task<double> LargestDifferenceAsync(PyTorchStepper theirs, int frames, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("teacher-velocity").FullName;
        try
        {
            var (weights, velocity) = (Path.Combine(folder, "weights.safetensors"), Path.Combine(folder, "velocity.bin"));
            var ours = Velocity(weights, frames);
            await theirs.VelocityAsync(weights, velocity, cancellation);
            var other = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(velocity, cancellation)).ToArray();
            return ours.Length == other.Length ? ours.Zip(other, (a, b) => (double)Math.Abs(a - b)).Max() : double.PositiveInfinity;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static float[] Velocity(string path, int frames)
    {
        using var scope = NewDisposeScope();
        using var withoutGradient = no_grad();
        using var teacher = UpstreamInputs.Teacher();
        var inputs = UpstreamInputs.Random(2, frames);
        var tensors = ModuleWeights.Of(teacher);
        using var generator = new Generator(3);
        nn.init.normal_(tensors["output_conv.weight"], 0, 0.05, generator); // zero in an untrained teacher
        foreach (var (name, value) in Named(inputs)) tensors.Add("input." + name, value);
        ModuleWeights.Save(tensors, path);
        return teacher.call(inputs.Mel, inputs.Time, inputs.Conditions).contiguous().data<float>().ToArray();
    }

    private static IEnumerable<(string, Tensor)> Named(UpstreamInputs inputs) =>
    [
        ("noisy", inputs.Mel), ("time", inputs.Time), ("content", inputs.Conditions.Content),
        ("log_f0", inputs.Conditions.LogF0), ("speaker", inputs.Conditions.Speaker), ("ir", inputs.Conditions.Ir),
    ];
}
