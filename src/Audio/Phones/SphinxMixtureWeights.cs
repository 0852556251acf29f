using System.Globalization;

namespace Tmrvc.Audio;

/// <summary>
/// Weights of Gaussians by senone (sendump): a byte q each, which stands for 1.0001^(−1024·q). Only those not packed into clusters.
/// </summary>
/// <param name="Logarithms">Bytes, [stream][Gaussian][senone], row-major.</param>
internal sealed record SphinxMixtureWeights(int Streams, int Gaussians, int Senones, byte[] Logarithms)
{
    private static readonly double Step = 1024 * Math.Log(1.0001);

    /// <exception cref="UnusableAcousticModelException">The file is missing, cut short, or packed otherwise.</exception>
    internal static SphinxMixtureWeights Read(string path)
    {
        var bytes = SphinxBytes.Open(path);
        var header = Header(bytes);
        if (header.GetValueOrDefault("cluster_count", -1) != 0)
            throw bytes.Broken("its weights are packed into clusters, plain bytes (cluster_count 0) are allowed");
        var streams = header.GetValueOrDefault("feature_count", 1);
        var gaussians = bytes.Count("Gaussians a codebook", 100_000);
        var senones = bytes.Count("senones", 1_000_000);
        return new(streams, gaussians, senones, bytes.Take(checked(streams * gaussians * senones)).ToArray());
    }

    /// <returns>In 0 to 1.</returns>
    internal double Weight(int stream, int gaussian, int senone) =>
        Math.Exp(-Step * Logarithms[(stream * Gaussians + gaussian) * Senones + senone]);

    /// <summary>Strings, each after its length, up to a length of 0; those of a word and a number say how the file is made.</summary>
    private static Dictionary<string, int> Header(SphinxBytes bytes)
    {
        var header = new Dictionary<string, int>();
        while (bytes.Int32() is var length and not 0)
        {
            var text = System.Text.Encoding.ASCII.GetString(bytes.Take(length)).TrimEnd('\0').Split(' ');
            if (text.Length == 2 && int.TryParse(text[1], CultureInfo.InvariantCulture, out var number))
                header[text[0]] = number;
        }
        return header;
    }
}
