namespace Tmrvc.Build;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>A stage, a gate or a test failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing has run.</summary>
    public const int Usage = 2;

    /// <summary><c>--check</c> found stale stages.</summary>
    public const int Stale = 3;

    /// <summary>Ended by SIGTERM, SIGINT, SIGUSR1 or a limit on hours or cost, after saving; the same command goes on from there (EX_TEMPFAIL).</summary>
    public const int Preempted = 75;
}
