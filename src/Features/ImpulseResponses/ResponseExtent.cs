using System.Globalization;

namespace Tmrvc.Features;

/// <summary>What the index tells about a response, as the note of its item: nothing is read again to write the index.</summary>
/// <param name="Samples">N.</param>
internal sealed record ResponseExtent(string Room, int SampleRate, int Direct, double BandwidthHz, int Samples)
{
    internal static ResponseExtent Of(PreparedResponse prepared) => new(
        prepared.Room, prepared.Response.SampleRate, prepared.Response.Direct, prepared.Response.Bandwidth, prepared.Response.Samples.Length);

    /// <summary>The room comes last: its name is a stranger's.</summary>
    internal string Note => string.Create(CultureInfo.InvariantCulture, $"{SampleRate} {Direct} {BandwidthHz} {Samples} {Room}");

    internal static ResponseExtent Parse(string note)
    {
        var words = note.Split(' ', 5);
        int Number(int word) => int.Parse(words[word], CultureInfo.InvariantCulture);
        return new(words[4], Number(0), Number(1), double.Parse(words[2], CultureInfo.InvariantCulture), Number(3));
    }
}
