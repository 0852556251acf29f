using Cake.Core;

namespace Cake.Frosting.Tests;

public sealed class Failing : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("disk is full");
}

[IsDependentOn(typeof(Failing))]
public sealed class AfterFailing(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("AfterFailing");
}

public sealed class FailingWithHandler(Journal journal) : AsyncFrostingTask
{
    public override Task RunAsync(ICakeContext context) => Task.FromException(new InvalidOperationException("disk is full"));

    public override void OnError(Exception exception, ICakeContext context) => journal.Add($"OnError {exception.Message}");

    public override void Finally(ICakeContext context) => journal.Add("Finally");
}

[IsDependentOn(typeof(FailingWithHandler))]
public sealed class AfterHandled(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("AfterHandled");
}

[ContinueOnError]
public sealed class FailingTolerated : FrostingTask
{
    public override void Run(ICakeContext context) => throw new InvalidOperationException("disk is full");
}

[IsDependentOn(typeof(FailingTolerated))]
public sealed class AfterTolerated(Journal journal) : FrostingTask
{
    public override void Run(ICakeContext context) => journal.Add("AfterTolerated");
}
