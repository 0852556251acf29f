using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>The features of one shard, mapped when first touched. Keeps where the values lie, not the file's header.</summary>
/// <param name="rows">Of each kind of features; no speaker's where there is no embedding.</param>
/// <param name="members">Ids and frames, by place in the shard.</param>
internal sealed class FeatureShard(
    string path, (int Mels, int Content, int Speaker) rows, IReadOnlyList<(string Id, int Frames)> members) : IDisposable
{
    private const int KindsPerMember = 4;

    private readonly Lock _turn = new();
    private TensorData? _data;
    private long[] _offsets = [];

    internal ReadOnlySpan<float> LogMel(int member) => Values(member, 0, rows.Mels * members[member].Frames);

    internal ReadOnlySpan<float> Content(int member) => Values(member, 1, rows.Content * members[member].Frames);

    internal ReadOnlySpan<float> F0(int member) => Values(member, 2, members[member].Frames);

    internal ReadOnlySpan<float> Speaker(int member) => Values(member, 3, rows.Speaker);

    private ReadOnlySpan<float> Values(int member, int kind, int count)
    {
        var data = Volatile.Read(ref _data) ?? Open();
        return data.Values<float>(_offsets[member * KindsPerMember + kind], count);
    }

    private TensorData Open()
    {
        lock (_turn)
        {
            if (_data is not null)
                return _data;
            var data = TensorData.Open(path, out var tensors);
            var byName = tensors.ToDictionary(tensor => tensor.Name);
            _offsets = [.. members.SelectMany(member => Offsets(member.Id, member.Frames, byName))];
            Volatile.Write(ref _data, data);
            return data;
        }
    }

    private long[] Offsets(string id, int frames, Dictionary<string, TensorEntry> tensors) =>
    [
        OffsetOf(TensorNames.LogMel(id), rows.Mels * frames, tensors),
        OffsetOf(TensorNames.Content(id), rows.Content * frames, tensors),
        OffsetOf(TensorNames.F0(id), frames, tensors),
        rows.Speaker > 0 ? OffsetOf(TensorNames.Speaker(id), rows.Speaker, tensors) : 0,
    ];

    private long OffsetOf(string name, long values, Dictionary<string, TensorEntry> tensors) =>
        !tensors.TryGetValue(name, out var tensor) ? throw new InvalidDataException($"{path}: has no '{name}', which the index names")
        : tensor.Type != TensorType.F32 ? throw new InvalidDataException($"{path}: '{name}' holds {tensor.Type}, F32 is allowed")
        : tensor.ElementCount != values
            ? throw new InvalidDataException($"{path}: '{name}' has {tensor.ElementCount} values, the index says {values}")
        : tensor.Offset;

    public void Dispose() => _data?.Dispose();
}
