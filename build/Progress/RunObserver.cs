using Cake.Core.Diagnostics;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Chooses how a run is shown.</summary>
internal static class RunObserver
{
    public static IRunObserver Of(Session session) => (session.Request.Verbosity < Verbosity.Normal, Console.IsOutputRedirected) switch
    {
        (true, _) => new SilentObserver(),
        (_, true) => new LineObserver(session.Workplace.Output, session.Workplace.Clock),
        _ => new LiveObserver(session.Workplace.Output, () => Console.WindowWidth, session.Workplace.Clock),
    };
}
