using System.Globalization;
using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Says what a device is, and how fast.</summary>
public static class DeviceCheck
{
    private const int Utterances = 2;
    private const int Frames = 160;

    /// <summary>One line; a step of the tiny teacher is timed.</summary>
    /// <exception cref="InvalidOperationException">CUDA is asked for and not there.</exception>
    public static string Describe(DeviceChoice choice, TimeProvider clock)
    {
        var device = new RuntimeSettings { Device = choice }.Prepare();
        using var scope = NewDisposeScope();
        using var teacher = new Teacher(TeacherArchitecture.Preset("tiny", new TeacherDimensions(80, 256, 192, 24, 8)), seed: 1);
        teacher.to(device);
        TakeStep(teacher, device); // the first one chooses kernels
        var started = clock.GetTimestamp();
        TakeStep(teacher, device);
        var milliseconds = clock.GetElapsedTime(started).TotalMilliseconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"{DeviceDescription.Of(device)}; a step of the tiny teacher on {Utterances} × {Frames} frames takes {milliseconds:F0} ms");
    }

    private static void TakeStep(Teacher teacher, Device device)
    {
        using var scope = NewDisposeScope();
        var dimensions = teacher.Architecture.Dimensions;
        Tensor Filled(params long[] shape) => full(shape, 0.1, device: device);
        var conditions = new TeacherConditions(
            Filled(Utterances, dimensions.Content, Frames), Filled(Utterances, 1, Frames), Filled(Utterances, 1, Frames),
            Filled(Utterances, dimensions.Speaker), Filled(Utterances, dimensions.IrParameters), Mask: null);
        var loss = teacher.forward(Filled(Utterances, dimensions.Mels, Frames), Filled(Utterances), conditions).square().mean();
        loss.backward();
        loss.ToDouble(); // waits for the device
    }
}
