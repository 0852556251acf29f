namespace Tmrvc.Build;

/// <summary>The request is wrong; nothing has run. Lists every mistake. The process exits with <see cref="ExitCode.Usage"/>.</summary>
public sealed class UsageException(params IReadOnlyList<string> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
