namespace Tmrvc.Streaming;

/// <summary>The latest frames of content, as the converter takes them: row c holds channel c, the oldest frame first.</summary>
/// <param name="values">[channels, frames], row-major.</param>
internal sealed class ContentWindow(float[] values, int frames)
{
    private int _held;

    /// <summary>Whether as many frames have come as are seen at once.</summary>
    internal bool IsFull => _held == frames;

    internal void Push(ReadOnlySpan<float> content)
    {
        values.AsSpan(1).CopyTo(values);
        for (var channel = 0; channel < content.Length; channel++)
            values[channel * frames + frames - 1] = content[channel];
        _held = Math.Min(_held + 1, frames);
    }

    internal void Reset()
    {
        Array.Clear(values);
        _held = 0;
    }
}
