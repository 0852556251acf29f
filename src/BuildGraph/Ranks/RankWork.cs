namespace Tmrvc.BuildGraph;

/// <summary>
/// One rank of a training, in a process of its own: trains by an order, tells how it goes on its output, and ends at once when its input does, which is when whoever started it is gone.
/// </summary>
public static class RankWork
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int Preempted = 75;

    /// <summary>The line by which a launcher asks a rank to stop.</summary>
    internal const string Stop = "stop";

    /// <param name="orderPath">That the stage's run wrote.</param>
    /// <param name="variable">Environment variables: RANK, WORLD_SIZE and, where ranks find each other through a port, MASTER_ADDR and MASTER_PORT.</param>
    /// <param name="wasLeft">Whether a failure is that another rank is gone.</param>
    /// <param name="cancellation">Makes all ranks save and stop.</param>
    /// <returns>The exit code: 0 done, 1 failed, 75 preempted.</returns>
    public static async Task<int> RunAsync(
        StageGraph graph, string orderPath, Func<string, string?> variable, Func<Exception, bool> wasLeft,
        TextReader input, TextWriter output, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation); // not disposed: the launcher may speak to the end
        Follow(input, stop);
        try
        {
            var order = RankOrder.Read(orderPath);
            var stage = (TrainingStage)graph.Stages.First(stage => stage.Id == order.Stage);
            await stage.TrainAsync(new RankRun(order, RankEnvironment.Place(variable, order.Rendezvous), output), stop.Token);
            return Done;
        }
        catch (OperationCanceledException)
        {
            return Preempted;
        }
        catch (Exception cause)
        {
            lock (output) output.WriteLine(new RankLine { Failure = cause.Message, WasLeft = wasLeft(cause) }.Write());
            await output.FlushAsync(CancellationToken.None);
            return Failed;
        }
    }

    private static void Follow(TextReader launcher, CancellationTokenSource stop)
    {
        var watch = new Thread(() =>
        {
            while (launcher.ReadLine() is { } line)
                if (line == Stop) stop.Cancel();
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            self.Kill();
        })
        { IsBackground = true, Name = "launcher" };
        watch.Start();
    }
}
