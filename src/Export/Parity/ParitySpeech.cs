using Tmrvc.Models;

namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>Real speech as every network of a student sees it: each is given what the networks before it made of it.</summary>
/// <param name="logMel">[80, T], not normalised.</param>
/// <param name="logF0">[T], log(F0 + 1), 0 where unvoiced.</param>
public sealed class ParitySpeech(StudentContracts contracts, float[] logMel, float[] logF0)
{
    private readonly int _mels = logMel.Length / logF0.Length;

    /// <summary>The calls of each network, by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Frame>> Calls(StudentNetworks student, StudentSteps steps)
    {
        var reference = new Dictionary<string, float[]> { ["mel_ref"] = logMel };
        var speaker = Outputs(contracts.SpeakerEncoder, steps.Of(student.SpeakerEncoder), [reference])[0];
        Frame[] chunks = [.. Enumerable.Range(0, logF0.Length / ChunkFrames).Select(chunk => One("mel_chunk", Mel(chunk * ChunkFrames, ChunkFrames)))];
        var rooms = Outputs(contracts.IrEstimator, steps.Of(student.IrEstimator), chunks);
        Frame[] frames = [.. Enumerable.Range(0, logF0.Length).Select(frame =>
            new Dictionary<string, float[]> { ["mel_frame"] = Mel(frame, 1), ["f0"] = [logF0[frame]] })];
        var content = Outputs(contracts.ContentEncoder, steps.Of(student.ContentEncoder), frames).Select(output => output["content"]).ToArray();
        var conversions = Conversions(content, 1, speaker, rooms);
        var features = Outputs(contracts.Converter, steps.Of(student.Converter), conversions);
        return new Dictionary<string, IReadOnlyList<Frame>>
        {
            [contracts.SpeakerEncoder.Name] = [reference],
            [contracts.IrEstimator.Name] = chunks,
            [contracts.ContentEncoder.Name] = frames,
            [contracts.Converter.Name] = conversions,
            [contracts.ConverterHq.Name] = Conversions(content, 1 + StudentContracts.HighQuality.Frames, speaker, rooms),
            [contracts.Vocoder.Name] = [.. features.Select(output => One("features", output["pred_features"]))],
        };
    }

    private int ChunkFrames => contracts.IrEstimator.Input("mel_chunk").Shape[2]!.Value;

    private static Frame[] Conversions(float[][] content, int window, Frame speaker, IReadOnlyList<Frame> rooms) =>
    [
        .. Enumerable.Range(0, content.Length - window + 1).Select(frame => new Dictionary<string, float[]>
        {
            ["content"] = Columns(content.AsSpan(frame, window)),
            ["spk_embed"] = speaker["spk_embed"],
            ["lora_delta"] = speaker["lora_delta"],
            ["ir_params"] = rooms[Math.Min(frame * rooms.Count / content.Length, rooms.Count - 1)]["ir_params"],
        }),
    ];

    private static IReadOnlyList<Frame> Outputs(ModelContract contract, INetworkStep network, IReadOnlyList<Frame> calls) =>
        [.. ParityCheck.Outputs(contract, network, calls)];

    private static Dictionary<string, float[]> One(string name, float[] values) => new() { [name] = values };

    /// <summary>Frames of the mel, [80, count].</summary>
    private float[] Mel(int first, int count)
    {
        var frames = new float[_mels * count];
        for (var band = 0; band < _mels; band++)
            logMel.AsSpan(band * logF0.Length + first, count).CopyTo(frames.AsSpan(band * count));
        return frames;
    }

    /// <summary>Frames [C] side by side, [C, count].</summary>
    private static float[] Columns(ReadOnlySpan<float[]> frames)
    {
        var joined = new float[frames[0].Length * frames.Length];
        for (var frame = 0; frame < frames.Length; frame++)
            for (var channel = 0; channel < frames[frame].Length; channel++)
                joined[channel * frames.Length + frame] = frames[frame][channel];
        return joined;
    }
}
