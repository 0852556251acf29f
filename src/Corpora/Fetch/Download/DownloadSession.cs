namespace Tmrvc.Corpora;

/// <summary>What the files of one stage share while they are brought here.</summary>
/// <param name="connect">Called when the first file has to be asked for.</param>
internal sealed class DownloadSession(RangedTransferSettings settings, Func<HttpClient> connect, TimeProvider clock) : IDisposable
{
    private readonly Lazy<HttpClient> _http = new(connect);

    internal RangedTransferSettings Settings => settings;

    internal TimeProvider Clock => clock;

    /// <summary>One for each part under way.</summary>
    internal SemaphoreSlim Slots { get; } = new(settings.Connections);

    internal RemoteSource Open(Uri address) => new(_http.Value, address, settings, clock);

    public void Dispose()
    {
        Slots.Dispose();
        if (_http.IsValueCreated)
            _http.Value.Dispose();
    }
}
