using Cake.Core;

namespace Cake.Frosting.Tests;

[TaskDescription("Gets the files")]
public sealed class Fetch(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("Fetch");
}

[TaskName("Prepare")]
[IsDependentOn(typeof(Fetch))]
public sealed class PrepareTask(Journal journal) : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        journal.Add("Prepare starts");
        await Task.Delay(20);
        journal.Add("Prepare ends");
    }
}

[IsDependentOn(typeof(Fetch))]
[IsDependentOn(typeof(PrepareTask))]
public sealed class Train(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("Train");
}

[TaskName("Default")]
[IsDependentOn(typeof(Train))]
public sealed class DefaultTask : FrostingTask;

[IsDependeeOf(typeof(Fetch))]
public sealed class BeforeFetch(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("BeforeFetch");
}

public sealed class Skipped(Journal journal) : FrostingTask
{
    public override bool ShouldRun(ICakeContext context) => false;

    public override void Run(ICakeContext context) => journal.Add("Skipped");
}

[IsDependentOn(typeof(Skipped))]
public sealed class AfterSkipped(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("AfterSkipped");
}

[IsDependentOn(typeof(string))]
internal sealed class DependentOnNoTask : FrostingTask;

[IsDependentOn(typeof(CycleB))]
internal sealed class CycleA : FrostingTask;

[IsDependentOn(typeof(CycleC))]
internal sealed class CycleB : FrostingTask;

[IsDependentOn(typeof(CycleA))]
internal sealed class CycleC : FrostingTask;

public sealed class ReadArguments(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context)
    {
        foreach (var name in new[] { "target", "profile", "set", "force", "absent" })
            journal.Add($"{name}={string.Join('|', context.Arguments.GetArguments(name))} {context.Arguments.HasArgument(name)}");
    }
}

public sealed class WorkingFolder(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add(context.Environment.WorkingDirectory.FullPath);
}
