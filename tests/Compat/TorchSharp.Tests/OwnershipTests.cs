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
    public void DisposeEverythingBut_keeps_only_the_named()
    {
        using var scope = NewDisposeScope();
        Tensor kept = zeros(1), other = zeros(1);
        scope.DisposeEverythingBut(kept);
        Assert.That((kept.IsInvalid, other.IsInvalid, scope.DisposablesCount), Is.EqualTo((false, true, 1)));
    }

    [Test]
    public void Scopes_disposed_out_of_order_close_the_chain()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Tensor made = zeros(1);
        inner.Dispose();
        Assert.That((made.IsInvalid, CurrentDisposeScope), Is.EqualTo((true, (DisposeScope?)null)));
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
        using var optimizer = optim.AdamW(model.parameters());
        long held = Tensor.TotalCount;
        for (int step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            F.mse_loss(model.call(randn(2, 2, 8)), zeros(2, 2, 6)).backward();
            nn.utils.clip_grad_norm_(model.parameters(), 0.5);
            optimizer.step();
        }
        Assert.That(Tensor.TotalCount, Is.EqualTo(held));
    }

    [Test]
    public void Disposing_a_model_and_its_optimizer_frees_all_they_held()
    {
        using (var model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)))
        using (optim.AdamW(model.parameters())) Assert.That(Tensor.TotalCount, Is.GreaterThan(before));
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

    [Test]
    public void A_buffer_is_shared_and_released_with_its_last_tensor()
    {
        float[] memory = [1, 2, 3, 4];
        using (Tensor view = frombuffer(memory, ScalarType.Float32, count: 2, offset: 4))
        {
            view.mul_(10);
            memory[2] = 7;
            Assert.That(view.Floats(), Is.EqualTo(new[] { 20f, 7f }));
        }
        Assert.That(memory, Is.EqualTo(new[] { 1f, 20f, 7f, 4f }));
    }

    private static void MakeAndForget() => zeros(3);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
