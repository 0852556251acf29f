namespace Tmrvc.Audio;

/// <summary>
/// The phones of a phonetically tied acoustic model of Sphinx, such as PocketSphinx's en-us: for each phone a codebook of Gaussians per
/// stream, and for each of its states the weights of them. Safe for several threads.
/// </summary>
public sealed class PhoneModel
{
    internal const int Streams = 3;

    private readonly GaussianCodebook[] _codebooks;
    private readonly float[][] _weights;

    private PhoneModel(SphinxFrontEndSettings frontEnd, SphinxPhones phones, GaussianCodebook[] codebooks, float[][] weights) =>
        (FrontEnd, Phones, States, _codebooks, _weights) = (frontEnd, phones.Names, phones.States, codebooks, weights);

    /// <summary>Names, such as AA, SIL, +NSN+.</summary>
    public IReadOnlyList<string> Phones { get; }

    internal SphinxFrontEndSettings FrontEnd { get; }

    internal int States { get; }

    internal GaussianCodebook Codebook(int phone, int stream) => _codebooks[phone * Streams + stream];

    /// <summary>One for each Gaussian, those of padding included.</summary>
    internal float[] Weights(int phone, int state, int stream) => _weights[(phone * States + state) * Streams + stream];

    /// <param name="folder">Holds feat.params, mdef, means, variances and sendump.</param>
    /// <exception cref="UnusableAcousticModelException">A file is missing, broken, or does not fit the others.</exception>
    public static PhoneModel Load(string folder)
    {
        var frontEnd = SphinxFrontEndSettings.Read(Path.Combine(folder, "feat.params"));
        var phones = SphinxPhones.Read(Path.Combine(folder, "mdef"));
        var means = SphinxGaussians.Read(Path.Combine(folder, "means"));
        var variances = SphinxGaussians.Read(Path.Combine(folder, "variances"));
        var weights = SphinxMixtureWeights.Read(Path.Combine(folder, "sendump"));
        RequireFit(folder, frontEnd, phones, means, variances, weights);
        var codebooks = Codebooks(means, variances);
        return new(frontEnd, phones, codebooks, WeightRows(phones, weights, codebooks[0].Size));
    }

    private static void RequireFit(
        string folder, SphinxFrontEndSettings frontEnd, SphinxPhones phones, SphinxGaussians means, SphinxGaussians variances, SphinxMixtureWeights weights)
    {
        if (means.Dimensions.Length != Streams || means.Dimensions.Any(dimension => dimension != frontEnd.Cepstra))
            throw new UnusableAcousticModelException(
                $"{folder}: means has streams of {string.Join(", ", means.Dimensions)} numbers, {Streams} of {frontEnd.Cepstra} are allowed");
        if (means.Codebooks != phones.Names.Count)
            throw new UnusableAcousticModelException($"{folder}: means has {means.Codebooks} codebooks, mdef {phones.Names.Count} phones; one each is allowed");
        if (variances.Values.Length != means.Values.Length || variances.Codebooks != means.Codebooks || variances.Gaussians != means.Gaussians)
            throw new UnusableAcousticModelException($"{folder}: means and variances are of different models");
        if ((weights.Streams, weights.Gaussians, weights.Senones) != (Streams, means.Gaussians, phones.Senones))
            throw new UnusableAcousticModelException($"{folder}: sendump is of another model than means and mdef");
    }

    private static GaussianCodebook[] Codebooks(SphinxGaussians means, SphinxGaussians variances)
    {
        var dimension = means.Dimensions[0];
        var size = means.Gaussians * dimension;
        return
        [
            .. Enumerable.Range(0, means.Codebooks * Streams).Select(index => new GaussianCodebook(
                means.Values.AsSpan(index * size, size), variances.Values.AsSpan(index * size, size), dimension)),
        ];
    }

    private static float[][] WeightRows(SphinxPhones phones, SphinxMixtureWeights weights, int size) =>
    [
        .. from senone in Enumerable.Range(0, phones.Names.Count * phones.States)
           from stream in Enumerable.Range(0, Streams)
           select WeightRow(weights, stream, senone, size),
    ];

    private static float[] WeightRow(SphinxMixtureWeights weights, int stream, int senone, int size)
    {
        var row = new float[size];
        for (var gaussian = 0; gaussian < weights.Gaussians; gaussian++)
            row[gaussian] = (float)weights.Weight(stream, gaussian, senone);
        return row;
    }
}
