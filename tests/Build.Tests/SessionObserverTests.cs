using Tmrvc.Build.CommandLine;
using Tmrvc.Build.Progress;
using Tmrvc.Build.Secrecy;
using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;
using Tmrvc.Training;

namespace Tmrvc.Build.Tests;

public sealed class SessionObserverTests
{
    [Test]
    public void Whoever_shows_something_in_a_session_leaves_the_lines_of_the_others_on_the_terminal()
    {
        var terminal = new StringWriter();
        var session = Session.Open(RequestParser.Parse(["--target=MelStatistics"]), Terminal(terminal), TaskCatalog.OfThisAssembly());

        session.Observer.StateChanged("MelStatistics", StageState.Running, "new");
        session.Observer.StateChanged("FetchPrompts", StageState.Fresh, "");

        Assert.That(TerminalPicture.Of($"{terminal}", 80), Has.Some.StartsWith("MelStatistics for ").And.Some.StartsWith("1 of "));
    }

    private static Workplace Terminal(StringWriter terminal)
    {
        var screen = new TerminalScreen(terminal, () => 80);
        return new Workplace(Repository.Root, "feed", Repository.Root, new ScreenWriter(screen, terminal), TextWriter.Null, new ManualClock())
        {
            Screen = screen,
            Secrets = new KnownSecrets([], _ => null),
            Variable = _ => null,
            FindDevice = () => DeviceChoice.Cpu,
        };
    }
}
