using Tmrvc.TensorBoard.Tests;
using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class TrainingEventsTests
{
    [Test]
    public void Every_number_of_the_metrics_is_a_scalar()
    {
        using var folder = new TemporaryFolder();
        Train(folder.Path, CurveFitting.Batch);
        var scalars = EventReader.Scalars(folder["events"]);
        Assert.That(scalars.Where(s => s.Tag == "train/loss").Select(s => (s.Step, s.Scalar)), Is.EqualTo(MetricsFile.Losses(folder["checkpoints/metrics.jsonl"])));
        Assert.That(scalars.Where(s => s.Tag == "validation/loss").Select(s => s.Step), Is.EqualTo(new[] { 0, 10, 20, 30 }));
        Assert.That(scalars.Select(s => s.Tag), Is.SupersetOf(new[] { "train/lr", "train/grad_norm", "speed/data_wait_share" }));
    }

    [Test]
    public void A_run_that_was_killed_between_checkpoints_shows_every_step_once()
    {
        using var whole = new TemporaryFolder();
        using var killed = new TemporaryFolder();
        Train(whole.Path, CurveFitting.Batch);
        Kill(killed.Path);
        Train(killed.Path, CurveFitting.Batch);
        Assert.That(Curves(killed), Is.EqualTo(Curves(whole)));
        Assert.That(EventReader.Read(killed["events"]).Count(entry => entry.FileVersion is not null), Is.EqualTo(1));
    }

    [Test]
    public void A_run_that_goes_on_on_another_machine_shows_the_curves_from_the_beginning()
    {
        using var whole = new TemporaryFolder();
        using var moved = new TemporaryFolder();
        Train(whole.Path, CurveFitting.Batch);
        Kill(moved.Path);
        Directory.Delete(moved["events"], recursive: true);
        Train(moved.Path, CurveFitting.Batch);
        Assert.That(Curves(moved), Is.EqualTo(Curves(whole)));
    }

    [Test]
    public void What_is_shown_is_made_with_averaged_weights_without_gradients_and_changes_no_bit()
    {
        using var plain = new TemporaryFolder();
        using var shown = new TemporaryFolder();
        var seen = new List<(long Step, bool Training, bool Gradients)>();
        var expected = Train(plain.Path, CurveFitting.Batch);
        var weights = Train(shown.Path, CurveFitting.Batch, (network, step) =>
        {
            seen.Add((step, network.training, is_grad_enabled()));
            return [new Exhibit.Mel("curve", [0, 1, 2, 3], Bands: 2)];
        });
        Assert.That(weights, Is.EqualTo(expected));
        Assert.That(seen, Is.EqualTo(new[] { 0L, 10, 20, 30 }.Select(step => (step, false, false))));
        Assert.That(EventReader.Media(shown["events"]).Select(medium => (medium.Step, medium.Tag)), Is.EqualTo(seen.Select(s => (s.Step, "curve"))));
    }

    private static float[] Train(string folder, Func<long, Points> batches, Func<CurveFitting, long, IEnumerable<Exhibit>>? exhibits = null)
    {
        using var network = new CurveFitting();
        var phase = network.Phase(30) with { Batches = batches, Exhibits = exhibits is null ? null : step => exhibits(network, step) };
        using var outcome = new Trainer<Points>(phase, CPU, TimeProvider.System).Run(new RecordedRun(folder), CancellationToken.None);
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }

    /// <summary>Without speeds, which vary.</summary>
    private static IEnumerable<(long, string, float)> Curves(TemporaryFolder folder) =>
        EventReader.Scalars(folder["events"]).Where(scalar => !scalar.Tag.StartsWith("speed/", StringComparison.Ordinal));

    private static void Kill(string folder) => Assert.That(
        () => Train(folder, i => i < 18 ? CurveFitting.Batch(i) : throw new IOException("shard lost")), Throws.InvalidOperationException);
}
