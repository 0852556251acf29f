using System.Globalization;
using System.Numerics.Tensors;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>What is extracted from one utterance.</summary>
/// <param name="LogMel">[80, T] row-major, natural log.</param>
/// <param name="Content">[D, K] row-major, in the frames of the extractor's grid; kept in half precision.</param>
/// <param name="F0">[T] Hz, 0 where unvoiced.</param>
public sealed record UtteranceFeatures(float[] LogMel, float[] Content, float[] F0)
{
    /// <summary>[192], of unit length; null where embeddings are none of the features.</summary>
    public float[]? Speaker { get; init; }

    /// <summary>T.</summary>
    public int Frames => F0.Length;

    /// <summary>K; T where nothing else is said.</summary>
    public int ContentFrames { get => field > 0 ? field : Frames; init; }

    /// <summary>D.</summary>
    internal int ContentRows => Content.Length / ContentFrames;

    internal FeatureRows Rows => new(LogMel.Length / Frames, ContentRows, Speaker?.Length ?? 0);

    internal void Write(string path)
    {
        var writer = new SafeTensorsWriter();
        AddTo(writer, "");
        using var stream = File.Create(path);
        writer.WriteTo(stream);
    }

    /// <exception cref="SafeTensorsException">The file is broken.</exception>
    internal static UtteranceFeatures Read(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        var content = new float[file[TensorNames.Content("")].ElementCount];
        TensorPrimitives.ConvertToSingle(file.Values<Half>(TensorNames.Content("")), content);
        return new UtteranceFeatures(file.Floats(TensorNames.LogMel("")).ToArray(), content, file.Floats(TensorNames.F0("")).ToArray())
        {
            ContentFrames = (int)file[TensorNames.Content("")].Shape[1],
            Speaker = file.Contains(TensorNames.Speaker("")) ? file.Floats(TensorNames.Speaker("")).ToArray() : null,
        };
    }

    internal void AddTo(SafeTensorsWriter writer, string utterance)
    {
        writer
            .Add(TensorNames.LogMel(utterance), LogMel, LogMel.Length / Frames, Frames)
            .Add(TensorNames.Content(utterance), Halves(Content), ContentRows, ContentFrames)
            .Add(TensorNames.F0(utterance), F0, Frames);
        if (Speaker is not null)
            writer.Add(TensorNames.Speaker(utterance), Speaker, Speaker.Length);
    }

    private static Half[] Halves(float[] values)
    {
        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        return halves;
    }
}

/// <summary>Numbers per frame.</summary>
/// <param name="Content">D.</param>
/// <param name="Speaker">Of the utterance's embedding, not per frame; 0 without one.</param>
internal sealed record FeatureRows(int Mels, int Content, int Speaker = 0)
{
    private const int F0 = 1;
    private const int BytesOfHalf = 2;

    /// <summary>Of the mel, on an average.</summary>
    internal double BytesPerFrame(ContentGrid grid) => (Mels + F0) * sizeof(float) + Content * BytesOfHalf / (double)grid.Every;

    public override string ToString() => $"{Mels} rows of mel and {Content} of content{(Speaker > 0 ? $", with {Speaker} numbers of the speaker" : "")}";
}

/// <summary>The size of an utterance's features, as an item's note.</summary>
internal sealed record FeatureExtent(int Frames, FeatureRows Rows)
{
    internal static FeatureExtent Of(UtteranceFeatures features) => new(features.Frames, features.Rows);

    internal string Note => string.Create(CultureInfo.InvariantCulture, $"{Frames} {Rows.Mels} {Rows.Content}{(Rows.Speaker > 0 ? $" {Rows.Speaker}" : "")}");

    internal static FeatureExtent Parse(string note)
    {
        var numbers = Array.ConvertAll(note.Split(' '), word => int.Parse(word, CultureInfo.InvariantCulture));
        return new(numbers[0], new FeatureRows(numbers[1], numbers[2], numbers.Length > 3 ? numbers[3] : 0));
    }
}
