using Tmrvc.SlurmWorker;

namespace Tmrvc.Slurm.Tests.Support;

/// <summary>A folder with the worker's inputs, in a path that a careless script would tear apart; deleted afterwards.</summary>
internal sealed class Checkout : IDisposable
{
    public Checkout(int pace = 20)
    {
        Root = Directory.CreateTempSubdirectory("it's $HOME ").FullName;
        Write("number.txt", "12");
        Write("pace.txt", $"{pace}");
    }

    public string Root { get; }

    /// <summary>Stages as they were started, over all processes.</summary>
    public IReadOnlyList<string> Started => Lines("*.started");

    /// <summary>Steps of trainings as they were done, over all processes.</summary>
    public IReadOnlyList<string> StepsDone => Lines("*.steps");

    /// <summary>Keys and hashes of everything.</summary>
    public string Locks => string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "artifacts", "lock", "smoke"))
        .Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}\n{File.ReadAllText(path)}"));

    /// <summary>Folders of what jobs work by.</summary>
    public string[] Plans => Directory.GetDirectories(Path.Combine(Root, "artifacts", "slurm", "plans"));

    /// <summary>Action records in the store.</summary>
    public int Records => Directory.EnumerateFiles(Path.Combine(Root, "artifacts", "store", "records"), "*.json", SearchOption.AllDirectories).Count();

    /// <summary>What a run leaves whose stages all run in one process.</summary>
    public static string LocksOfALocalRun { get; } = RunLocally();

    public void Write(string path, string content) => File.WriteAllText(Path.Combine(Root, path), content);

    /// <summary>Waits until a training has done so many steps.</summary>
    public async Task UntilStepAsync(int step)
    {
        for (var waited = 0; !StepsDone.Any(line => line.EndsWith($" {step}", StringComparison.Ordinal)); waited++)
        {
            Assert.That(waited, Is.LessThan(1500), $"fiftieths of a second until step {step}");
            await Task.Delay(20);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string RunLocally()
    {
        using var checkout = new Checkout();
        using var worker = new Worker(checkout, "local");
        worker.EndAsync().GetAwaiter().GetResult().With(code: 0);
        Assert.That(checkout.StepsDone, Has.Count.EqualTo(2 * Pipeline.Steps));
        return checkout.Locks;
    }

    private IReadOnlyList<string> Lines(string pattern) => [.. Directory.EnumerateFiles(Root, pattern).SelectMany(File.ReadAllLines)];
}
