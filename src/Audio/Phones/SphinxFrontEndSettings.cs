using System.Globalization;

namespace Tmrvc.Audio;

/// <summary>How the cepstra of an acoustic model are computed: its feat.params, what that leaves out at Sphinx's defaults.</summary>
internal sealed record SphinxFrontEndSettings
{
    internal double LowestHertz { get; init; } = 133.33334;

    internal double HighestHertz { get; init; } = 6855.4976;

    internal int Filters { get; init; } = 40;

    /// <summary>Of the sine that lifts the cepstra; 0 for none.</summary>
    internal int Lifter { get; init; }

    /// <summary>Whether noise is taken from the mel bands.</summary>
    internal bool RemovesNoise { get; init; } = true;

    internal int SampleRate => 16000;

    internal int HopLength => 160;

    internal int WindowLength => 410;

    internal int FftSize => 512;

    internal float PreEmphasis => 0.97f;

    internal int Cepstra => 13;

    /// <summary>Options with other values would need another front end.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["transform"] = ["dct"],
        ["feat"] = ["1s_c_d_dd"],
        ["svspec"] = ["0-12/13-25/26-38"],
        ["agc"] = ["none"],
        ["cmn"] = ["batch", "current", "live", "prior"],
        ["varnorm"] = ["no"],
        ["model"] = ["ptm"],
        ["samprate"] = ["16000", "16000.0"],
        ["frate"] = ["100"],
        ["wlen"] = ["0.025625"],
        ["nfft"] = ["512"],
        ["alpha"] = ["0.97"],
        ["ncep"] = ["13"],
    };

    /// <exception cref="UnusableAcousticModelException">The file is missing, or asks for what is not built.</exception>
    internal static SphinxFrontEndSettings Read(string path)
    {
        var options = Options(path);
        foreach (var (option, values) in Allowed)
            if (options.TryGetValue(option, out var found) && !values.Contains(found))
                throw new UnusableAcousticModelException($"{path}: -{option} is {found}, {string.Join(" or ", values)} is allowed");
        if (options.GetValueOrDefault("transform") is null || options.GetValueOrDefault("svspec") is null)
            throw new UnusableAcousticModelException($"{path}: says neither -transform dct nor -svspec 0-12/13-25/26-38, both are needed");
        var defaults = new SphinxFrontEndSettings();
        return new()
        {
            LowestHertz = Number(path, options, "lowerf", defaults.LowestHertz),
            HighestHertz = Number(path, options, "upperf", defaults.HighestHertz),
            Filters = (int)Number(path, options, "nfilt", defaults.Filters),
            Lifter = (int)Number(path, options, "lifter", defaults.Lifter),
            RemovesNoise = options.GetValueOrDefault("remove_noise", "yes") == "yes",
        };
    }

    private static Dictionary<string, string> Options(string path)
    {
        if (!File.Exists(path))
            throw new UnusableAcousticModelException($"{path}: is not there; an acoustic model of Sphinx has such a file");
        var words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length % 2 != 0)
            throw new UnusableAcousticModelException($"{path}: has {words.Length} words, pairs of an option and a value are allowed");
        return words.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1]);
    }

    private static double Number(string path, Dictionary<string, string> options, string option, double otherwise) =>
        !options.TryGetValue(option, out var text) ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 8000 ? number
        : throw new UnusableAcousticModelException($"{path}: -{option} is {text}, a number in 0 to 8000 is allowed");
}
