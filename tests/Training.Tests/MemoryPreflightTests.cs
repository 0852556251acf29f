using Tmrvc.Training.Tests.Support;
using static TorchSharp.torch;

namespace Tmrvc.Training.Tests;

public sealed class MemoryPreflightTests
{
    private const long Mebibyte = 1 << 20;

    [Test]
    public void Two_trials_tell_what_grows_with_the_utterances_and_what_does_not()
    {
        var step = StepMemory.From((2, 130), (4, 160));
        Assert.That(step, Is.EqualTo(new StepMemory(Fixed: 100, PerUtterance: 15)));
        Assert.That(step.Of(64), Is.EqualTo(100 + 64 * 15));
    }

    [TestCase(64, 1, 5000, 32, 2)]
    [TestCase(64, 2, 5000, 32, 4)]
    [TestCase(48, 1, 3000, 24, 2)]
    [TestCase(7, 1, 600, 1, 7)]
    public void The_advice_fits_and_keeps_the_utterances_of_an_update(int batch, int accumulation, long free, int size, int times)
    {
        var step = new StepMemory(Fixed: 200, PerUtterance: 100);
        Assert.That(step.Advice(batch, accumulation, free), Is.EqualTo((size, times)));
        Assert.That(step.Fits(size, free) && size * times == batch * accumulation, Is.True);
    }

    [Test]
    public void Nothing_is_advised_where_not_one_utterance_fits() =>
        Assert.That(new StepMemory(200, 100).Advice(8, 1, free: 300), Is.Null);

    [Test]
    public void A_step_that_will_not_fit_stops_the_run_before_it_with_the_batch_that_does()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<MemoryShortageException>(() => Train(folder.Path, new Gauge(free: 500 * Mebibyte, perUtterance: 10 * Mebibyte), batchSize: 64));
        Assert.That(error!.Message, Does.StartWith("Curve: a step of 64 utterances needs about 0.6 GiB, 0.5 GiB are free.")
            .And.Contain("Set batch_size to 32 and accumulation to 2: an update is over the same 64 utterances then."));
        Assert.That(Directory.GetDirectories(folder["checkpoints"]), Is.Empty);
    }

    [TestCase(1, "Not even one utterance fits")]
    [TestCase(4, "Set batch_size to 2 and accumulation to 4: an update is over the same 8 utterances then.")]
    public void A_trial_that_runs_out_of_memory_itself_is_told_as_a_shortage_with_what_fitted(int failing, string advice)
    {
        using var folder = new TemporaryFolder();
        var gauge = new Gauge(free: 500 * Mebibyte, Mebibyte) { FailsFrom = failing };
        var error = Assert.Throws<MemoryShortageException>(() => Train(folder.Path, gauge, batchSize: 8));
        Assert.That(error!.Message, Does.StartWith("Curve: a step of ").And.Contain("ran out of memory (CUDA out of memory. Tried to allocate 2 GiB), of which 0.5 GiB were free.").And.Contain(advice));
    }

    [Test]
    public void A_batch_of_one_is_not_refused_because_two_do_not_fit()
    {
        using var folder = new TemporaryFolder();
        var run = new RecordedRun(folder.Path);
        Train(folder.Path, new Gauge(free: 500 * Mebibyte, Mebibyte) { FailsFrom = 2 }, batchSize: 1, run);
        Assert.That(run.Lines[0], Does.EndWith("; a step of 1 fits, one of 2 does not"));
    }

    [TestCase(3, 5000, new[] { 1, 2 })]
    [TestCase(8, 5000, new[] { 2, 4 })]
    [TestCase(64, 5000, new[] { 2, 16 })]
    [TestCase(1600, 5000, new[] { 2, 400 })]
    [TestCase(1600, 3000, new[] { 2, 4 })]
    public void A_quarter_of_the_batch_is_tried_where_it_is_sure_to_fit(int batchSize, int free, int[] tried)
    {
        using var folder = new TemporaryFolder();
        var gauge = new Gauge(free * Mebibyte, 10 * Mebibyte);
        try
        {
            Train(folder.Path, gauge, batchSize);
        }
        catch (MemoryShortageException)
        {
            // The trial is what matters here.
        }
        Assert.That(gauge.Tried, Is.EqualTo(tried));
    }

    [Test]
    public void A_trial_changes_no_bit_and_is_told()
    {
        using var plain = new TemporaryFolder();
        using var tried = new TemporaryFolder();
        var run = new RecordedRun(tried.Path);
        Assert.That(Train(tried.Path, new Gauge(free: 500 * Mebibyte, Mebibyte), batchSize: 8, run), Is.EqualTo(Train(plain.Path, memory: null, batchSize: 8)));
        Assert.That(run.Lines[0], Does.Match(
            @"^cpu: .+, [0-9]+ of [0-9]+ threads, [0-9.]+ GiB of [0-9.]+ GiB free, libtorch .+; a step of 4 utterances takes [0-9.E-]+ s, one of 8 needs about 0\.0 GiB$"));
    }

    [Test]
    public void The_high_water_mark_of_this_process_sees_memory_that_was_given_back()
    {
        var memory = new HostMemory();
        var before = memory.Used;
        var high = memory.HighWater(() => ones(64 * Mebibyte).Dispose()) ?? throw new InvalidOperationException("/proc/self/clear_refs cannot be written");
        Assert.That(high - before, Is.InRange(200 * Mebibyte, 400 * Mebibyte)); // 256 MiB of float32
        Assert.That(memory.Used, Is.LessThan(high - 150 * Mebibyte));
    }

    [Test]
    public void What_two_small_trials_foretell_is_what_a_large_step_takes()
    {
        var memory = new HostMemory();
        var before = memory.Used;
        long Taken(int utterances) => (memory.HighWater(() => Step(utterances)) ?? throw new InvalidOperationException("/proc/self/clear_refs cannot be written")) - before;
        var foretold = StepMemory.From((2, Taken(2)), (6, Taken(6))).Of(24);
        var taken = Taken(24);
        Assert.That(taken, Is.GreaterThan(24 * 8 * Mebibyte), "each utterance is 4 MiB that are held at least twice");
        Assert.That(foretold / (double)taken, Is.InRange(0.8, 1.6));
    }

    [Test]
    public void A_control_group_that_allows_less_than_the_machine_has_counts()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["group"]);
        File.WriteAllText(folder["group/memory.max"], "3000000\n");
        File.WriteAllText(folder["group/memory.current"], "1000000\n");
        var memory = new HostMemory("/proc", folder["group"]);
        Assert.That((memory.Total, memory.Free), Is.EqualTo((3_000_000L, 2_000_000L)));
        File.WriteAllText(folder["group/memory.max"], "max\n");
        Assert.That(memory.Total, Is.GreaterThan(100 * Mebibyte));
    }

    private static void Step(int utterances)
    {
        using var scope = NewDisposeScope();
        var weight = new TorchSharp.Modules.Parameter(ones(1));
        (weight * ones(utterances, Mebibyte)).square().exp().mean().backward();
    }

    private static float[] Train(string folder, Gauge? memory, int batchSize, RecordedRun? run = null)
    {
        using var network = new CurveFitting();
        var phase = network.Phase(10) with { Trial = memory is null ? null : new StepTrial<Points>(batchSize, size => memory.Trying(size)) };
        using var outcome = new Trainer<Points>(phase, CPU, TimeProvider.System) { Memory = memory }.Run(run ?? new RecordedRun(folder), CancellationToken.None);
        return [.. outcome.Weights.SelectMany(w => w.Value.data<float>().ToArray())];
    }

    /// <summary>A device of which each utterance takes the same.</summary>
    private sealed class Gauge(long free, long perUtterance) : IDeviceMemory
    {
        private int _utterances;

        public List<int> Tried { get; } = [];

        public int FailsFrom { get; init; } = int.MaxValue;

        public long Total => 2 * free;

        public long Free => free;

        public long Used => 0;

        public Points Trying(int utterances)
        {
            Tried.Add(_utterances = utterances);
            return CurveFitting.Batch(-utterances);
        }

        public long? HighWater(Action work)
        {
            if (_utterances >= FailsFrom) throw new System.Runtime.InteropServices.ExternalException("CUDA out of memory. Tried to allocate 2 GiB");
            work();
            return _utterances * perUtterance;
        }
    }
}
