namespace Tmrvc.Support;

/// <summary>What a client asked a <see cref="FaultyFileServer"/> for.</summary>
/// <param name="Number">0 for the server's first request.</param>
/// <param name="Name">The file.</param>
/// <param name="From">First byte; null where the whole file was asked for.</param>
/// <param name="To">Last byte; null where the whole file was asked for.</param>
/// <param name="Occurrence">How often the file was asked for up to this last byte before.</param>
public sealed record FileRequest(int Number, string Name, long? From, long? To, int Occurrence)
{
    /// <summary>A client looks whether there are parts to be had.</summary>
    public bool IsProbe => (From, To) == (0, 0);
}
