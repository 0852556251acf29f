using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

public sealed class OwnershipTests
{
    private long before;

    [SetUp]
    public void Count()
    {
        Collect();
        before = Tensor.TotalCount;
    }

    [Test]
    public void A_scope_disposes_what_was_made_in_it()
    {
        Tensor inside;
        using (NewDisposeScope())
        {
            inside = zeros(3) + 1;
            Assert.That(Tensor.TotalCount, Is.EqualTo(before + 2));
        }
        Assert.That((inside.IsInvalid, Tensor.TotalCount), Is.EqualTo((true, before)));
    }

    [Test]
    public void A_tensor_moved_out_lives_in_the_outer_scope()
    {
        using (NewDisposeScope())
        {
            Tensor moved;
            using (NewDisposeScope()) moved = zeros(3).MoveToOuterDisposeScope();
            Assert.That(moved.numel(), Is.EqualTo(3));
        }
        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void A_detached_tensor_outlives_every_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        using (NewDisposeScope()) kept = zeros(3).DetachFromDisposeScope();
        Assert.That(kept.IsInvalid, Is.False);
        kept.Dispose();
        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void Scopes_disposed_out_of_order_close_the_chain()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Tensor made = zeros(1);
        inner.Dispose();
        using Tensor free = zeros(1);
        Assert.That((made.IsInvalid, free.OwningDisposeScope), Is.EqualTo((true, (DisposeScope?)null)));
    }

    [Test]
    public void An_unreachable_tensor_is_finalised()
    {
        MakeAndForget();
        Collect();
        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void A_training_step_leaves_no_tensor_behind()
    {
        using var model = nn.Sequential(nn.Conv1d(2, 4, 3), nn.BatchNorm1d(4), nn.SiLU(), nn.Dropout(0.1), nn.Conv1d(4, 2, 1));
        long held = Tensor.TotalCount;
        for (int step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            model.zero_grad();
            F.mse_loss(model.call(randn(2, 2, 8)), zeros(2, 2, 6)).backward();
            using IDisposable frozen = no_grad();
            foreach (var parameter in model.parameters()) parameter.sub_(parameter.grad!, alpha: 0.1);
        }
        Assert.That(Tensor.TotalCount, Is.EqualTo(held));
    }

    [Test]
    public void Disposing_a_model_frees_all_it_held()
    {
        using (nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))) Assert.That(Tensor.TotalCount, Is.GreaterThan(before));
        Assert.That(Tensor.TotalCount, Is.EqualTo(before));
    }

    [Test]
    public void Parameters_made_inside_a_scope_outlive_it()
    {
        nn.Module<Tensor, Tensor> model;
        using (NewDisposeScope()) model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4));
        Assert.That(model.call(ones(2, 3)).shape, Is.EqualTo(new long[] { 2, 4 }));
        model.Dispose();
    }

    [Test]
    public void A_disposed_tensor_says_so()
    {
        Tensor gone = zeros(1);
        gone.Dispose();
        Assert.That(() => gone + 1, Throws.InvalidOperationException.With.Message.Contains("disposed"));
    }

    private static void MakeAndForget() => zeros(3);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
