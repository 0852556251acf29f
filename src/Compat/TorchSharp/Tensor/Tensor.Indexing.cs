using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => index_put_(value, Singles(indices));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            Tensor view = ViewOf(indices, out Tensor?[] chosen);
            return chosen.Length == 0 ? view : Aten.Call("index.Tensor", view, Argument.Optional(chosen));
        }

        public Tensor index(params Tensor[] indices) => Aten.Call("index.Tensor", this, Argument.Optional(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            Tensor view = ViewOf(indices, out Tensor?[] chosen);
            if (chosen.Length == 0) Put(view, value, accumulate);
            else Aten.CallInPlace("index_put_", view, Argument.Optional(chosen), value.to(dtype), accumulate);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, accumulate: false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Aten.CallInPlace("index_put_", this, Argument.Optional(indices), value.to(dtype), accumulate);

        private static void Put(Tensor view, Tensor value, bool accumulate)
        {
            if (accumulate) view.add_(value);
            else view.copy_(value.expand(view.shape));
        }

        private static TensorIndex[] Singles(long[] indices) => Array.ConvertAll(indices, TensorIndexOf);

        private static TensorIndex TensorIndexOf(long index) => index;

        /// <summary>
        /// Takes numbers, ranges, "…" and new dimensions out of an index expression as views; what remains are the index
        /// tensors by dimension of the view, none when the expression has none.
        /// </summary>
        private Tensor ViewOf(TensorIndex[] indices, out Tensor?[] chosen)
        {
            var tensors = new List<Tensor?>();
            Tensor view = alias();
            int dimension = 0;
            foreach (TensorIndex index in indices) view = Apply(view, index, indices, tensors, ref dimension);
            chosen = tensors.Exists(tensor => tensor is not null) ? [.. tensors] : [];
            return view;
        }

        private Tensor Apply(Tensor view, TensorIndex index, TensorIndex[] all, List<Tensor?> tensors, ref int dimension)
        {
            switch (index.IndexKind)
            {
                case TensorIndex.Kind.Single: return view.select(dimension, index.Start!.Value);
                case TensorIndex.Kind.Ellipsis: Skip(tensors, (int)ndim - Consumed(all), ref dimension); return view;
                case TensorIndex.Kind.Tensor: return Choose(view, index.Indices!, tensors, ref dimension);
                case TensorIndex.Kind.Slice: view = Sliced(view, index, dimension); break;
                case TensorIndex.Kind.Bool: return Choose(view.unsqueeze(dimension), Truth(index), tensors, ref dimension);
                default: view = view.unsqueeze(dimension); break;
            }
            Skip(tensors, 1, ref dimension);
            return view;
        }

        private static Tensor Sliced(Tensor view, TensorIndex index, int dimension) =>
            index is { Start: null, Stop: null, Step: null }
                ? view
                : view.slice(dimension, index.Start ?? 0, index.Stop ?? long.MaxValue, index.Step ?? 1);

        private static Tensor Choose(Tensor view, Tensor indices, List<Tensor?> tensors, ref int dimension)
        {
            tensors.Add(indices);
            dimension += indices.dtype == ScalarType.Bool ? (int)indices.ndim : 1;
            return view;
        }

        private static Tensor Truth(TensorIndex index) => tensor(index.Start == 1).reshape(1);

        private static void Skip(List<Tensor?> tensors, int count, ref int dimension)
        {
            for (int i = 0; i < count; i++) tensors.Add(null);
            dimension += count;
        }

        /// <summary>Dimensions of this tensor that an expression uses up apart from its "…".</summary>
        private static int Consumed(TensorIndex[] indices) => indices.Sum(index => index.IndexKind switch
        {
            TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
            TensorIndex.Kind.Tensor => index.Indices!.dtype == ScalarType.Bool ? (int)index.Indices.ndim : 1,
            _ => 0,
        });
    }
}
