using System.Text.RegularExpressions;

namespace Tmrvc.EndToEnd.Harness;

/// <summary>What a front door left behind when it ended.</summary>
internal sealed partial record FinishedRun(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, TimeSpan Took)
{
    /// <summary>Stages that did their work, in the order in which they ended.</summary>
    public IReadOnlyList<string> Ran => [.. Output.Select(line => StageDone().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)];

    /// <summary>Steps from which a training stage went on, for each time it did.</summary>
    public IReadOnlyList<int> ResumedAt(string stage) =>
        [.. Output.Where(line => line.StartsWith($"[{stage}]", StringComparison.Ordinal))
            .Select(line => WentOn().Match(line)).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value))];

    public string Everything => string.Join('\n', Output.Concat(Errors));

    /// <summary>The same run, once its exit code is as expected.</summary>
    public FinishedRun With(int code)
    {
        Assert.That(Code, Is.EqualTo(code), $"exit code; the front door said:\n{Everything}");
        return this;
    }

    [GeneratedRegex(@"^\[(\w+)\] done in ")]
    private static partial Regex StageDone();

    [GeneratedRegex(@"goes on from step (\d+)")]
    private static partial Regex WentOn();
}
