using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor dot(Tensor input, Tensor target) => input.dot(target);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    /// <summary>Sums products over the indices an equation such as "bct,bdt->bcd" leaves out.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.Call("einsum", equation, tensors);

    public static class linalg
    {
        public static Tensor norm(Tensor A, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.Call("linalg_norm", A, (Scalar)ord, dims, keepdim);

        public static Tensor vector_norm(Tensor A, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.Call("linalg_vector_norm", A, (Scalar)ord, dims, keepdim);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Aten.Call("linalg_solve", A, B, left);

        public static Tensor inv(Tensor A) => Aten.Call("linalg_inv", A);

        public static (Tensor eigenvalues, Tensor eigenvectors) eigh(Tensor A) => Aten.CallPair("linalg_eigh", A);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor A, bool fullMatrices = true) =>
            Aten.CallTriple("linalg_svd", A, fullMatrices);
    }
}
