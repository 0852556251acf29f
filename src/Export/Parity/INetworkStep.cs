namespace Tmrvc.Export;

/// <summary>A network called once: what its contract names, row-major, in and out.</summary>
public interface INetworkStep : IDisposable
{
    /// <param name="inputs">By name, the state among them.</param>
    /// <returns>By name, the state among them.</returns>
    IReadOnlyDictionary<string, float[]> Run(IReadOnlyDictionary<string, float[]> inputs);
}
