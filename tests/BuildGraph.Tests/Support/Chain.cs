namespace Tmrvc.BuildGraph.Tests.Support;

/// <summary>Source → Upper → Last; the last writes "X." and a text of its own.</summary>
internal sealed class Chain(string last = "")
{
    public TestAction Source { get; } = Make.Source("Source", "x");

    public TestAction Upper { get; } = Make.Upper("Upper", Make.From("Source"));

    public TestAction Last { get; } = new("Last", run => File.WriteAllText(run.Output("out.txt"), $"{File.ReadAllText(run.Input("in"))}.{last}"))
    {
        In = [Make.From("Upper")],
        With = new Content { Text = last },
    };

    public Stage[] Stages => [Source, Upper, Last];

    public int Runs => Source.Runs + Upper.Runs + Last.Runs;
}
