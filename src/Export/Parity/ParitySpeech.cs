using Tmrvc.Contract;

namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>Real speech as every network of a student sees it: each is given what the networks before it made of it.</summary>
/// <param name="logMel">[80, T], not normalised.</param>
/// <param name="logF0">[T], log(F0 + 1), 0 where unvoiced.</param>
public sealed class ParitySpeech(StudentContracts contracts, float[] logMel, float[] logF0)
{
    private readonly int _mels = logMel.Length / logF0.Length;

    /// <summary>What each network is given and gives, by its name.</summary>
    /// <param name="references">Of the networks that there are: all but the converter with lookahead are needed.</param>
    public IReadOnlyDictionary<string, ReferenceRun> Runs(IReadOnlyDictionary<string, INetworkStep> references)
    {
        var runs = new Dictionary<string, ReferenceRun>();
        var speaker = Run(contracts.SpeakerEncoder, [One("mel_ref", logMel)])[0];
        var rooms = Run(contracts.IrEstimator, Chunks());
        var content = Run(contracts.ContentEncoder, Frames()).Select(output => output["content"]).ToArray();
        var features = Run(contracts.Converter, Conversions(content, 1, speaker, rooms));
        if (references.ContainsKey(contracts.ConverterHq.Name))
            Run(contracts.ConverterHq, Conversions(content, 1 + contracts.Sizes.Lookahead, speaker, rooms));
        Run(contracts.Vocoder, features.Select(output => One("features", output["pred_features"])));
        return runs;

        IReadOnlyList<Frame> Run(ModelContract contract, IEnumerable<Frame> calls) =>
            (runs[contract.Name] = ParityCheck.Run(contract, references[contract.Name], calls)).Outputs;
    }

    private IEnumerable<Frame> Chunks() =>
        Enumerable.Range(0, logF0.Length / ChunkFrames).Select(chunk => One("mel_chunk", Mel(chunk * ChunkFrames, ChunkFrames)));

    private IEnumerable<Frame> Frames() => Enumerable.Range(0, logF0.Length).Select(frame =>
        new Dictionary<string, float[]> { ["mel_frame"] = Mel(frame, 1), ["f0"] = [logF0[frame]] });

    private int ChunkFrames => contracts.Sizes.RoomFrames;

    private static IEnumerable<Frame> Conversions(float[][] content, int window, Frame speaker, IReadOnlyList<Frame> rooms) =>
        Enumerable.Range(0, content.Length - window + 1).Select(frame => new Dictionary<string, float[]>
        {
            ["content"] = Columns(content.AsSpan(frame, window)),
            ["spk_embed"] = speaker["spk_embed"],
            ["lora_delta"] = speaker["lora_delta"],
            ["ir_params"] = rooms[Math.Min(frame * rooms.Count / content.Length, rooms.Count - 1)]["ir_params"],
        });

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
