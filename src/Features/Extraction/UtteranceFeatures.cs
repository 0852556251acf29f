using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>What is extracted from one utterance.</summary>
/// <param name="LogMel">[80, T] row-major, natural log.</param>
/// <param name="Content">[D, T] row-major.</param>
/// <param name="F0">[T] Hz, 0 where unvoiced.</param>
public sealed record UtteranceFeatures(float[] LogMel, float[] Content, float[] F0)
{
    private const string FileName = "features.safetensors";

    /// <summary>T.</summary>
    public int Frames => F0.Length;

    /// <summary>Writes an item's result.</summary>
    internal void Write(string folder)
    {
        var writer = new SafeTensorsWriter();
        AddTo(writer, "");
        using var stream = File.Create(Path.Combine(folder, FileName));
        writer.WriteTo(stream);
    }

    /// <exception cref="SafeTensorsException">The file is broken.</exception>
    internal static UtteranceFeatures Read(string folder)
    {
        using var file = SafeTensorsFile.Open(Path.Combine(folder, FileName));
        return new UtteranceFeatures(
            file.Floats(TensorNames.LogMel("")).ToArray(),
            file.Floats(TensorNames.Content("")).ToArray(),
            file.Floats(TensorNames.F0("")).ToArray());
    }

    internal void AddTo(SafeTensorsWriter writer, string utterance) => writer
        .Add(TensorNames.LogMel(utterance), LogMel, LogMel.Length / Frames, Frames)
        .Add(TensorNames.Content(utterance), Content, Content.Length / Frames, Frames)
        .Add(TensorNames.F0(utterance), F0, Frames);
}
