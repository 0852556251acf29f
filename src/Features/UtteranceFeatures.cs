using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>What is extracted from one utterance.</summary>
/// <param name="LogMel">[80, T] row-major, natural log.</param>
/// <param name="Content">[D, T] row-major.</param>
/// <param name="F0">[T] Hz, 0 where unvoiced.</param>
public sealed record UtteranceFeatures(float[] LogMel, float[] Content, float[] F0)
{
    public int Frames => F0.Length;

    internal void AddTo(SafeTensorsWriter writer, string utterance, int frames) => writer
        .Add(TensorNames.LogMel(utterance), LogMel, LogMel.Length / frames, frames)
        .Add(TensorNames.Content(utterance), Content, Content.Length / frames, frames)
        .Add(TensorNames.F0(utterance), F0, frames);
}
