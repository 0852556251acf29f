using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>The features of one shard, mapped when first touched. Keeps where the values lie, not the file's header.</summary>
/// <param name="rows">Of each kind of features; no speaker's where there is no embedding.</param>
/// <param name="grid">Of the content.</param>
/// <param name="members">Ids and frames, by place in the shard.</param>
internal sealed class FeatureShard(string path, FeatureRows rows, ContentGrid grid, IReadOnlyList<(string Id, int Frames)> members) : IDisposable
{
    private readonly Lock _turn = new();
    private TensorData? _data;
    private Place[] _places = [];

    internal ReadOnlySpan<float> LogMel(int member) => Data.Values<float>(_places[member].LogMel, rows.Mels * members[member].Frames);

    internal ReadOnlySpan<float> F0(int member) => Data.Values<float>(_places[member].F0, members[member].Frames);

    internal ReadOnlySpan<float> Speaker(int member) => Data.Values<float>(_places[member].Speaker, rows.Speaker);

    internal void CopyContent(int member, int start, int frames, Span<float> content, int stride)
    {
        var kept = Data.Values<Half>(_places[member].Content, rows.Content * _places[member].ContentFrames);
        grid.Read(kept, rows.Content, start, frames, content, stride);
    }

    private TensorData Data => Volatile.Read(ref _data) ?? Open();

    private TensorData Open()
    {
        lock (_turn)
        {
            if (_data is not null)
                return _data;
            var data = TensorData.Open(path, out var tensors);
            var byName = tensors.ToDictionary(tensor => tensor.Name);
            _places = [.. members.Select(member => PlaceOf(member.Id, member.Frames, byName))];
            Volatile.Write(ref _data, data);
            return data;
        }
    }

    private Place PlaceOf(string id, int frames, Dictionary<string, TensorEntry> tensors)
    {
        var logMel = OffsetOf(TensorNames.LogMel(id), rows.Mels * (long)frames, tensors);
        var content = Entry(TensorNames.Content(id), TensorType.F16, tensors);
        var kept = content.Shape.Count == 2 ? (int)content.Shape[1] : 0;
        RequireValues(content, rows.Content * (long)(grid == ContentGrid.OfMel ? frames : Math.Max(1, kept)));
        var f0 = OffsetOf(TensorNames.F0(id), frames, tensors);
        return new(logMel, content.Offset, kept, f0, rows.Speaker > 0 ? OffsetOf(TensorNames.Speaker(id), rows.Speaker, tensors) : 0);
    }

    private long OffsetOf(string name, long values, Dictionary<string, TensorEntry> tensors)
    {
        var tensor = Entry(name, TensorType.F32, tensors);
        RequireValues(tensor, values);
        return tensor.Offset;
    }

    private TensorEntry Entry(string name, TensorType type, Dictionary<string, TensorEntry> tensors) =>
        !tensors.TryGetValue(name, out var tensor) ? throw new InvalidDataException($"{path}: has no '{name}', which the index names")
        : tensor.Type != type ? throw new InvalidDataException($"{path}: '{name}' holds {tensor.Type}, {type} is allowed")
        : tensor;

    private void RequireValues(TensorEntry tensor, long values)
    {
        if (tensor.ElementCount != values)
            throw new InvalidDataException($"{path}: '{tensor.Name}' has {tensor.ElementCount} values, the index says {values}");
    }

    public void Dispose() => _data?.Dispose();

    /// <summary>Where the features of a member begin, in bytes.</summary>
    /// <param name="ContentFrames">K.</param>
    private readonly record struct Place(long LogMel, long Content, int ContentFrames, long F0, long Speaker);
}
