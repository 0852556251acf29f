using Cake.Core.Diagnostics;
using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Secrecy;

namespace Tmrvc.Build;

/// <summary>From words to an exit code. Everything wrong with a request is told before anything runs.</summary>
public static class FrontDoor
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> words)
    {
        var secrets = new KnownSecrets(words, Environment.GetEnvironmentVariable);
        Console.SetOut(RedactingWriter.Around(Console.Out, secrets));
        Console.SetError(RedactingWriter.Around(Console.Error, secrets));
        var verbosity = Verbosity.Normal;
        try
        {
            var request = RequestParser.Parse(words);
            verbosity = request.Verbosity;
            return Run(request, Workplace.OfThisProcess(secrets));
        }
        catch (Exception fault)
        {
            var (code, lines) = FaultText.Of(fault);
            foreach (var line in lines)
                Console.Error.WriteLine(line);
            if (verbosity == Verbosity.Diagnostic)
                Console.Error.WriteLine(fault);
            return code;
        }
        finally
        {
            Console.Out.Flush();
            Console.Error.Flush();
        }
    }

    private static int Run(Request request, Workplace workplace)
    {
        var tasks = TaskCatalog.OfThisAssembly();
        if (request.Show is Show.Help or Show.Tree)
        {
            workplace.Output.WriteLine(string.Join('\n', request.Show == Show.Help ? HelpText.Lines(tasks) : new TaskTree(tasks).Lines()));
            return ExitCode.Done;
        }
        var session = Session.Open(request, workplace, tasks);
        return session.OnlyPlans ? session.ShowPlan()
            : request.RankOrder is { } order ? new RankJob(session, order).Run()
            : request.Job is { } job ? new JobRun(session, job.For(session.Stages[0], request.Forced)).Run()
            : new TaskRun(session).Run();
    }
}
