namespace Tmrvc.Audio;

/// <summary>A straight line through levels, by least squares.</summary>
/// <param name="Slope">Decibels per unit of the place: a sample, an octave.</param>
/// <param name="Level">Decibels at place 0.</param>
internal readonly record struct LevelLine(double Slope, double Level)
{
    /// <summary>The place at which the line has a level.</summary>
    internal double At(double level) => (level - Level) / Slope;

    /// <param name="points">At two places or more.</param>
    internal static LevelLine Through(IEnumerable<(double Place, double Level)> points)
    {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        foreach (var (place, level) in points)
        {
            n++;
            x += place;
            y += level;
            xx += place * place;
            xy += place * level;
        }
        var slope = (n * xy - x * y) / (n * xx - x * x);
        return new LevelLine(slope, (y - slope * x) / n);
    }
}
