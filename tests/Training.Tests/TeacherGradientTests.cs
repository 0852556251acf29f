using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

/// <summary>Every loss moves the teacher itself, and the networks that judge it stay as they are.</summary>
public sealed class TeacherGradientTests
{
    private const int Mels = 80;
    private const int Frames = 16;

    [Test]
    public void A_loss_on_what_is_heard_moves_every_weight_that_the_flow_moves([Values("speaker", "stft", "ir")] string which)
    {
        using var scope = NewDisposeScope();
        using var teacher = Trained();
        using var encoder = new SpeakerEncoder(new() { Channels = 16 }, seed: 2);
        using var vocoder = new TeacherVocoder(new() { Channels = 8, Blocks = 1 }, seed: 3);
        using var rooms = new RoomEstimator(new() { Mels = Mels, Bands = 2, Channels = 8, Dilations = [1, 2] }, seed: 4);
        var ofRooms = new RoomLoss(rooms, 1);
        Func<FlowPrediction, Tensor> heard = which switch
        {
            "speaker" => prediction => new SpeakerLoss(encoder, 1).Evaluate(prediction).Value,
            "stft" => prediction => new WaveformLoss(vocoder, 1).Evaluate(prediction).Value,
            _ => prediction => ofRooms.OfGenerated(prediction, prediction.Rooms!),
        };
        var byFlow = Moved(teacher, prediction => new FlowLoss().Evaluate(prediction).Value);
        Assert.That(byFlow, Has.Count.GreaterThan(50));
        Assert.That(Moved(teacher, heard), Is.EquivalentTo(byFlow));
        Assert.That(encoder.parameters().Concat(vocoder.parameters()).Concat(rooms.parameters()).Where(parameter => parameter.grad is not null), Is.Empty);
    }

    /// <summary>A new teacher begins with zeros that hide the layers before them; a little of everything stands for some training.</summary>
    private static Teacher Trained()
    {
        var teacher = new Teacher(TeacherArchitecture.Preset("tiny", new(Mels, 8, 192, 6, 8)), seed: 1);
        using var withoutGradient = no_grad();
        using var generator = new Generator(9);
        foreach (var parameter in teacher.parameters()) parameter.copy_(parameter + 0.05 * randn(parameter.shape, generator: generator));
        return teacher;
    }

    /// <summary>Names of the teacher's weights that a loss has a gradient for.</summary>
    private static List<string> Moved(Teacher teacher, Func<FlowPrediction, Tensor> loss)
    {
        foreach (var parameter in teacher.parameters()) parameter.grad?.zero_();
        loss(Prediction(teacher)).backward();
        return [.. teacher.named_parameters().Where(p => p.parameter.grad is { } gradient && gradient.abs().max().item<float>() > 0).Select(p => p.name)];
    }

    private static FlowPrediction Prediction(Teacher teacher)
    {
        var (clean, noise, time) = (Draw(1, 2, Mels, Frames), Draw(2, 2, Mels, Frames), tensor(new[] { 0.3f, 0.7f }));
        var position = RectifiedFlow.Position(clean, noise, time);
        var pitch = Draw(3, 2, 1, Frames).abs();
        var conditions = new TeacherConditions(Draw(4, 2, 8, Frames), pitch, pitch.gt(0.5).to(ScalarType.Float32), Draw(5, 2, 192), Draw(6, 2, 6), Mask: null);
        return new FlowPrediction(clean, noise, time, position, teacher.call(position, time, conditions), null)
        {
            Rooms = new RoomTensors(Draw(7, 2, Mels, Frames), Draw(8, 2, 6), ones(2, 6)),
        };
    }

    private static Tensor Draw(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return randn(shape, generator: generator);
    }
}
