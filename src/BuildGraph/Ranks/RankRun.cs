using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>A stage's run within one of the processes of its training. Of all but rank 0 nothing is kept and nothing is told.</summary>
internal sealed class RankRun : TrainingRun, IProgress<StageProgress>
{
    private readonly RankOrder _order;
    private readonly RankPlace _place;
    private readonly TextWriter _output;
    private readonly string _own;

    public RankRun(RankOrder order, RankPlace place, TextWriter output)
    {
        (_order, _place, _output) = (order, place, output);
        _own = Folders.Create(order.Scratch, $"rank-{place.Rank}");
        Scratch = Folders.Create(_own, "scratch");
    }

    public override StageId Stage => _order.Stage;

    public override RankPlace Place => _place;

    public override string Scratch { get; }

    public override string Checkpoints => Kept(_order.Checkpoints, "checkpoints");

    public override string Events => Kept(_order.Events, "events");

    public override string Unfinished => Kept(_order.Unfinished, "unfinished");

    public override IProgress<StageProgress> Progress => this;

    public override string Input(string name) => _order.Inputs.TryGetValue(name, out var path)
        ? path
        : throw new ArgumentException($"input '{name}' was asked for; declared are {string.Join(", ", _order.Inputs.Keys)}.", nameof(name));

    public override string Output(string name) => Path.Combine(Kept(_order.Output, "output"), name);

    public override void Metric(string name, double value) => Tell(new RankLine { Metric = new RankMetric(name, value) });

    public override void Log(string message) => Tell(new RankLine { Log = message });

    public void Report(StageProgress value) => Tell(new RankLine { Progress = value });

    private string Kept(string ofFirst, string ofOthers) => _place.Rank == 0 ? ofFirst : Folders.Create(_own, ofOthers);

    private void Tell(RankLine line)
    {
        if (_place.Rank > 0) return;
        lock (_output) _output.WriteLine(line.Write());
        _output.Flush();
    }
}
