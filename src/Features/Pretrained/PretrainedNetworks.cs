using System.Collections.Concurrent;

namespace Tmrvc.Features;

/// <summary>The networks of a stage, each read when it is first asked for and shared by all threads.</summary>
/// <param name="file">Path of a network's file by its name.</param>
/// <param name="tell">Receives lines for people.</param>
internal sealed class PretrainedNetworks(Func<string, string> file, InferenceProvider provider, Action<string>? tell) : IDisposable
{
    internal const string ContentVec = "contentvec";
    internal const string Rmvpe = "rmvpe";
    internal const string Ecapa = "ecapa";

    private readonly ConcurrentDictionary<string, Lazy<PretrainedNetwork>> _open = [];

    /// <exception cref="NetworkException">The file is not that network.</exception>
    internal PretrainedNetwork this[string name, NetworkSignature signature] =>
        _open.GetOrAdd(name, _ => new(() => new PretrainedNetwork(file(name), signature, provider, tell))).Value;

    public void Dispose()
    {
        foreach (var network in _open.Values.Where(network => network.IsValueCreated))
            network.Value.Dispose();
    }
}
