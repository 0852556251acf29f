namespace Tmrvc.Configuration;

/// <summary>What a setting <c>workers</c> says.</summary>
public static class WorkerCount
{
    /// <param name="workers">0 for as many as there are cores.</param>
    public static int Of(int workers) => workers > 0 ? workers : Environment.ProcessorCount;
}
