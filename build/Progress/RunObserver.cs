using Cake.Core.Diagnostics;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Progress;

/// <summary>Chooses how a run is shown.</summary>
internal static class RunObserver
{
    public static IRunObserver Of(Session session) => (session.Request.Verbosity < Verbosity.Normal, session.Workplace.Screen) switch
    {
        (true, _) => new SilentObserver(),
        (_, null) => new LineObserver(session.Workplace.Output, session.Workplace.Clock),
        (_, { } screen) => new LiveObserver(screen, session.Workplace.Output, Stages(session), session.Workplace.Clock).Ticking(),
    };

    private static int Stages(Session session) => session.Engine.Graph.Needed(session.Stages).Count;
}
