namespace TorchSharp;

public static partial class torch
{
    /// <summary>One entry of an index expression: a number, a range, a mask, an index tensor, "…" or a new dimension.</summary>
    public readonly struct TensorIndex
    {
        private TensorIndex(Kind kind, long? start = null, long? stop = null, long? step = null, Tensor? tensor = null)
        {
            IndexKind = kind;
            Start = start;
            Stop = stop;
            Step = step;
            Indices = tensor;
        }

        internal enum Kind
        {
            None,
            Single,
            Ellipsis,
            Bool,
            Tensor,
            Slice,
        }

        public static TensorIndex Ellipsis => new(Kind.Ellipsis);

        /// <summary>Adds a dimension of one.</summary>
        public static TensorIndex None => new(Kind.None);

        public static TensorIndex Null => None;

        public static TensorIndex Colon => Slice();

        internal Kind IndexKind { get; }
        internal long? Start { get; }
        internal long? Stop { get; }
        internal long? Step { get; }
        internal Tensor? Indices { get; }

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(Kind.Slice, start, stop, step);

        public static TensorIndex Slice(Range range) =>
            Slice(FromStart(range.Start), FromStart(range.End) is var end && end == 0 && range.End.IsFromEnd ? null : end);

        public static TensorIndex Bool(bool value) => new(Kind.Bool, value ? 1 : 0);

        public static TensorIndex Single(long? index) => new(Kind.Single, index);

        public static TensorIndex Tensor(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int? Start, int? End) range) => Slice(range.Start, range.End);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(FromStart(index));

        private static long FromStart(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
