namespace Tmrvc.Slurm;

/// <summary>A command of Slurm failed; the message has its words.</summary>
public sealed class SlurmException : Exception
{
    internal SlurmException(string message) : base(message) { }

    internal SlurmException(string message, Exception cause) : base(message, cause) { }

    /// <summary>The controller could not be asked: later it may be.</summary>
    public bool IsTransient { get; internal init; }
}
