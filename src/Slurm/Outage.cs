namespace Tmrvc.Slurm;

/// <summary>A time, counted from now, in which Slurm fails to answer.</summary>
internal sealed class Outage(TimeSpan patience, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();

    /// <exception cref="SlurmException">It has lasted for longer than patience; the message says so, with the last words heard.</exception>
    public void Require(SlurmException fault)
    {
        var lasted = clock.GetElapsedTime(_began);
        if (lasted >= patience)
            throw new SlurmException($"{fault.Message} (for {lasted.TotalSeconds:0} s, patience_seconds allows {patience.TotalSeconds:0}); jobs go on, and the next run finds them", fault);
    }
}
