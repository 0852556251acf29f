namespace Tmrvc.Configuration.Tests;

public enum Schedule
{
    Constant,
    CosineDecay,
}

public sealed record PhaseSettings : IValidated
{
    public required int Steps { get; init; }
    public double Lr { get; init; } = 2e-4;
    public Schedule Schedule { get; init; } = Schedule.CosineDecay;
    public IReadOnlyList<string> Corpora { get; init; } = [];

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Lr <= 0)
            yield return ("lr", $"found {Lr}, above 0 is allowed");
        if (Steps > 1_000_000)
            yield return ("steps", $"found {Steps}, at most 1000000 is allowed");
    }
}

public sealed record SampleSettings
{
    public string Name { get; init; } = "unnamed";
    public string? Title { get; init; }
    public bool Ema { get; init; }
    public float Momentum { get; init; } = 0.9f;
    public long Bytes { get; init; }
    public int? Seed { get; init; }
    public PhaseSettings FineTuning { get; init; } = new() { Steps = 100, Lr = 1e-5 };
    public IReadOnlyList<double> Edges { get; init; } = [];
    public IReadOnlyDictionary<string, PhaseSettings> Phases { get; init; } = new Dictionary<string, PhaseSettings>();
}
