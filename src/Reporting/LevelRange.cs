using Tmrvc.SafeTensors;

namespace Tmrvc.Reporting;

/// <summary>Maps natural-log power to the 256 levels of a picture.</summary>
/// <param name="Lowest">Level 0.</param>
/// <param name="Highest">Level 255.</param>
internal sealed record LevelRange(double Lowest, double Highest)
{
    /// <summary>Nepers of power shown below the highest: 60 dB. Anything quieter is noise to the eye.</summary>
    private const double Span = 60 * 0.23025850929940458;

    /// <summary>The 99.9th percentile of all finite values down by <see cref="Span"/>, or to the lowest value if that is nearer.</summary>
    public static LevelRange Of(SafeTensorsFile mels, IReadOnlyList<string> names)
    {
        var values = names.Where(mels.Contains).Distinct().SelectMany(name => mels.Floats(name).ToArray()).Where(float.IsFinite).ToArray();
        if (values.Length == 0)
            return new LevelRange(-Span, 0);
        Array.Sort(values);
        var highest = values[(int)((values.Length - 1) * 0.999)];
        var lowest = Math.Max(values[0], highest - Span);
        return new LevelRange(SignificantDigits.Round(Math.Min(lowest, highest - 1), 6), SignificantDigits.Round(highest, 6));
    }

    /// <exception cref="InvalidDataException">There is no such tensor, or it is not [bins, frames].</exception>
    public MelPicture Picture(SafeTensorsFile mels, string name)
    {
        if (!mels.Contains(name))
            throw new InvalidDataException($"{mels.Path}: evaluation.json names the mel '{name}', which is not there");
        var shape = mels[name].Shape;
        if (shape.Count != 2)
            throw new InvalidDataException($"{mels.Path}: mel '{name}' has {shape.Count} dimensions; [bins, frames] is wanted");
        var values = mels.Floats(name);
        var levels = new byte[values.Length];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = Level(values[i]);
        return new MelPicture((int)shape[0], (int)shape[1], levels);
    }

    /// <summary>What is not a number shows as level 0.</summary>
    private byte Level(float value) =>
        float.IsNaN(value) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp((value - Lowest) / (Highest - Lowest), 0, 1));
}
