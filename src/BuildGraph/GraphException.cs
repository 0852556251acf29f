namespace Tmrvc.BuildGraph;

/// <summary>The graph or a request to it is wrong; nothing has run. Lists every mistake, not only the first.</summary>
public sealed class GraphException(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
