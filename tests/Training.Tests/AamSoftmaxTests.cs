using Tmrvc.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class AamSoftmaxTests
{
    private const double Margin = 0.3;
    private const double Scale = 8;
    private static readonly float[] Weights = [1, 0.2f, -0.5f, 0.3f, -1, 0.8f];
    private static readonly long[] Speakers = [1, 0, 1, 0];

    /// <summary>The last two lie beyond π − margin of their speaker's vector.</summary>
    private static readonly float[] Embeddings = [0.7f, 0.1f, 0.4f, -0.6f, 1.3f, 0.2f, -0.3f, 1, -0.78f, -1, -0.2f, 0.5f];

    [Test]
    public void The_loss_agrees_with_its_definition_in_double_precision() =>
        Assert.That(Loss(Embeddings).ToDouble(), Is.EqualTo(Reference(Embeddings)).Within(1e-5));

    [Test]
    public void Its_gradient_agrees_with_finite_differences()
    {
        var embeddings = tensor(Embeddings, [4, 3]).requires_grad_();
        using var head = Head();
        head.forward(embeddings, tensor(Speakers)).backward();
        var numeric = FiniteDifferences.Of(Embeddings, Reference, distance: 1e-3f);
        Assert.That(embeddings.grad!.data<float>().ToArray(), Is.EqualTo(numeric).Within(2e-3));
    }

    [Test]
    public void An_embedding_on_its_speakers_vector_has_a_finite_gradient()
    {
        var embeddings = tensor(new float[] { 2, 0.4f, -1 }, [1, 3]).requires_grad_();
        using var head = Head();
        head.forward(embeddings, tensor(new[] { 0L })).backward();
        Assert.That(embeddings.grad!.data<float>().ToArray(), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void The_margin_makes_every_loss_larger()
    {
        using var plain = new AamSoftmax(tensor(Weights, [2, 3]), margin: 0, Scale);
        var without = plain.forward(tensor(Embeddings, [4, 3]), tensor(Speakers)).ToDouble();
        Assert.That(Loss(Embeddings).ToDouble(), Is.GreaterThan(without + 0.1));
    }

    private static Tensor Loss(float[] embeddings)
    {
        using var head = Head();
        return head.forward(tensor(embeddings, [4, 3]), tensor(Speakers));
    }

    private static AamSoftmax Head() => new(tensor(Weights, [2, 3]), Margin, Scale);

    private static double Reference(float[] embeddings) => Enumerable.Range(0, 4).Average(b =>
    {
        var cosines = Enumerable.Range(0, 2).Select(c => Cosine(embeddings.AsSpan(3 * b, 3), Weights.AsSpan(3 * c, 3))).ToArray();
        var angle = Math.Acos(cosines[Speakers[b]]) + Margin;
        cosines[Speakers[b]] = angle < Math.PI ? Math.Cos(angle) : cosines[Speakers[b]] - Margin * Math.Sin(Margin);
        return Math.Log(cosines.Sum(c => Math.Exp(Scale * c))) - Scale * cosines[Speakers[b]];
    });

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, normA = 0, normB = 0;
        for (var i = 0; i < 3; i++) (dot, normA, normB) = (dot + (double)a[i] * b[i], normA + (double)a[i] * a[i], normB + (double)b[i] * b[i]);
        return dot / Math.Sqrt(normA * normB);
    }
}
