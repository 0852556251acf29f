namespace Tmrvc.Features;

public enum F0Kind
{
    /// <summary>pYIN (Mauch and Dixon 2014).</summary>
    Pyin,

    /// <summary>RMVPE by the network rmvpe.</summary>
    Rmvpe,
}
