namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view at one index of each of the first dimensions.</summary>
        public Tensor this[params long[] indices] => indices.Aggregate(alias(), (view, index) => view.select(0, index));
    }
}
