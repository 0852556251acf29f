namespace Tmrvc.Audio;

/// <summary>A rectangular room with its lowest corner at the origin, in metres.</summary>
/// <param name="Walls">Six: x = 0, x = length, y = 0, y = width, z = 0 (floor), z = height (ceiling).</param>
public sealed record ShoeboxRoom(Place Size, Place Source, Place Microphone, IReadOnlyList<WallAbsorption> Walls)
{
    /// <summary>Metres per second, at 20 °C.</summary>
    public const double SpeedOfSound = 343.2;

    /// <summary>Cubic metres.</summary>
    public double Volume => Size.X * Size.Y * Size.Z;

    /// <summary>Square metres of the walls in pairs: those at x, y and z.</summary>
    public IReadOnlyList<double> WallAreas => [Size.Y * Size.Z, Size.X * Size.Z, Size.X * Size.Y];

    public double Distance => Source.DistanceTo(Microphone);
}

/// <summary>Metres.</summary>
public readonly record struct Place(double X, double Y, double Z)
{
    public double DistanceTo(Place other) =>
        Math.Sqrt(Math.Pow(X - other.X, 2) + Math.Pow(Y - other.Y, 2) + Math.Pow(Z - other.Z, 2));
}

/// <summary>What a wall keeps of the energy that falls on it, 0 to below 1.</summary>
/// <param name="Coefficients">By octave band: <see cref="OctaveBands.Centres"/>.</param>
public sealed record WallAbsorption(IReadOnlyList<double> Coefficients)
{
    /// <summary>What it reflects of the sound pressure.</summary>
    internal double Reflection(int band) => Math.Sqrt(1 - Coefficients[band]);
}
