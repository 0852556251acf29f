using System.Globalization;

namespace Tmrvc.Contract;

/// <summary>One axis of a tensor: of a size that is agreed, or open in one of two ways.</summary>
public readonly record struct Axis
{
    private const int Dynamic = -1;

    private readonly int _size;

    private Axis(int size) => _size = size;

    /// <summary>Each network decides its size, and keeps to it: the width of a state.</summary>
    public static Axis Width => new(0);

    /// <summary>Of another length in each call.</summary>
    public static Axis Length => new(Dynamic);

    /// <summary>Null where it is open.</summary>
    public int? Size => _size > 0 ? _size : null;

    /// <param name="size">1 or more.</param>
    public static implicit operator Axis(int size) => size > 0
        ? new Axis(size)
        : throw new ArgumentOutOfRangeException(nameof(size), size, "An axis has a size of 1 or more.");

    /// <param name="found">Of a network's tensor; -1 where it differs from call to call, as ONNX Runtime tells it.</param>
    internal bool Allows(int found) => this == Width ? found > 0 : found == _size;

    public override string ToString() => this == Width ? "width" : this == Length ? "T" : _size.ToString(CultureInfo.InvariantCulture);
}
