using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class StateTests
{
    private DisposeScope scope = null!;

    [SetUp]
    public void Enter() => scope = NewDisposeScope();

    [TearDown]
    public void Leave() => scope.Dispose();

    [Test]
    public void Names_are_those_of_fields_nested_by_dots()
    {
        using var model = new Nested();
        Assert.That(Names(model.named_parameters()).Concat(Names(model.named_buffers())), Is.EquivalentTo(new[]
        {
            "gain", "offset", "first.weight", "first.bias", "second.weight", "blocks.0.weight", "blocks.1.weight", "blocks.1.bias",
            "steps.0.weight", "steps.0.bias", "steps.0.running_mean", "steps.0.running_var", "steps.0.num_batches_tracked",
        }));
    }

    [Test]
    public void A_buffer_kept_out_of_the_state_is_still_a_buffer()
    {
        using var model = new Nested();
        model.register_buffer("scratch", zeros(1), persistent: false);
        Assert.That(Names(model.named_buffers()), Does.Contain("scratch"));
        Assert.That(Names(model.named_buffers(include_nonpersistent: false)), Does.Not.Contain("scratch"));
    }

    [Test]
    public void A_parameter_shared_by_two_modules_is_counted_once()
    {
        using var shared = new Parameter(zeros(2, 2));
        using var model = nn.Sequential(nn.Linear(shared), nn.Linear(shared));
        Assert.That(model.parameters().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Training_mode_reaches_every_module()
    {
        using var model = new Nested();
        model.eval();
        Assert.That(model.modules().Any(module => module.training), Is.False);
        model.train();
        Assert.That(model.modules().All(module => module.training), Is.True);
    }

    [Test]
    public void Conversion_keeps_the_parameter_objects_and_spares_integers()
    {
        using var model = new Nested();
        var before = model.parameters().ToArray();
        model.to(ScalarType.Float64);
        Assert.That(model.parameters(), Is.EqualTo(before).Using<Parameter>(ReferenceEquals));
        Assert.That(
            before.All(parameter => parameter.dtype == ScalarType.Float64 && parameter.requires_grad && parameter.is_leaf),
            Is.True);
        Assert.That(model.named_buffers().Single(pair => pair.name == "steps.0.num_batches_tracked").buffer.dtype, Is.EqualTo(ScalarType.Int64));
    }

    [Test]
    public void Gradients_are_dropped_or_zeroed()
    {
        using var model = nn.Linear(2, 1);
        model.call(ones(1, 2)).sum().backward();
        model.zero_grad(set_to_none: false);
        Assert.That(model.weight.grad!.Floats(), Is.EqualTo(new[] { 0f, 0f }));
        model.zero_grad();
        Assert.That(model.weight.grad, Is.Null);
    }

    [Test]
    public void A_name_is_registered_once_and_holds_no_dot()
    {
        using var model = new Nested();
        Assert.That(
            () => model.register_buffer("gain", zeros(1)), Throws.InvalidOperationException.With.Message.Contains("'gain'"));
        Assert.That(() => model.register_buffer("a.b", zeros(1)), Throws.ArgumentException.With.Message.Contains("'a.b'"));
    }

    private static IEnumerable<string> Names<T>(IEnumerable<(string Name, T Tensor)> named) => named.Select(pair => pair.Name);

    private sealed class Nested : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter gain = new(ones(3));
        [ComponentName(Name = "offset")]
        private readonly Tensor shift = zeros(3);
        private readonly nn.Module<Tensor, Tensor> first = nn.Linear(3, 3);
        private readonly Linear second = nn.Linear(3, 3, hasBias: false);
        private readonly ModuleList<nn.Module<Tensor, Tensor>> blocks = nn.ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Linear(3, 3, hasBias: false), nn.LayerNorm(3));
        private readonly Sequential steps = nn.Sequential(nn.BatchNorm1d(3), nn.SiLU());

        public Nested() : base(nameof(Nested)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            Tensor hidden = second.call(first.call(input)) * gain + shift;
            foreach (var block in blocks) hidden = block.call(hidden);
            return steps.call(hidden);
        }
    }
}
