using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// Draws rectangular rooms: closets to lecture halls, walls of different materials whose absorption rises or falls over the octaves,
/// and in each of them places where a person speaks and a microphone hears.
/// </summary>
internal sealed class RoomDraw(SyntheticRoomsSettings settings)
{
    /// <summary>Mean absorption that real rooms have.</summary>
    private static readonly (double Least, double Most) Absorption = (0.03, 0.8);

    /// <summary>
    /// Responses last so many of Eyring's decay times. Between parallel walls sound lasts up to 1.7 times as long as his formula says,
    /// and 45 dB of its decay are needed.
    /// </summary>
    private const double Lasting = 1.4;

    private const double MostImages = 12e6;
    private const double WallDistance = 0.4;
    private const int RoomAttempts = 20_000;
    private const int PlaceAttempts = 64;

    /// <returns>A room without source and microphone, and the seconds after which nothing is heard of a sound in it.</returns>
    /// <exception cref="InvalidOperationException">Hardly any room is as the settings ask for; the message names them.</exception>
    internal (ShoeboxRoom Room, double Seconds) Room(KeyedRandom random)
    {
        for (var attempt = 0; attempt < RoomAttempts; attempt++)
        {
            var draw = random.At(attempt);
            var length = draw.At(0).BetweenByRatio(2.5, 14);
            var width = Math.Max(2, length * draw.At(1).Between(0.5, 1));
            var room = new ShoeboxRoom(new Place(length, width, draw.At(2).Between(2.2, 2.6 + 0.25 * width)), default, default, []);
            var absorption = AbsorptionFor(room, draw.At(3).BetweenByRatio(settings.ShortestRt60, settings.LongestRt60));
            if (absorption < Absorption.Least || absorption > Absorption.Most)
                continue;
            room = room with { Walls = Walls(room, absorption, draw.At(4)) };
            var seconds = Math.Min(settings.Response.MaxSeconds, LongestTime(room));
            if (ImageSources.Images(room.Volume, seconds) <= MostImages)
                return (room, seconds);
        }
        throw new InvalidOperationException(
            $"{settings.Name}: none of {RoomAttempts} rooms that were drawn can decay for shortest_rt60 ({settings.ShortestRt60}) to "
            + $"longest_rt60 ({settings.LongestRt60}) seconds with walls that absorb 3 to 80 % and at most {MostImages / 1e6} million "
            + $"reflections; allow other times, or lower response.max_seconds ({settings.Response.MaxSeconds})");
    }

    /// <summary>The same room with a source and a microphone.</summary>
    internal static ShoeboxRoom Placed(ShoeboxRoom room, KeyedRandom random)
    {
        var microphone = Inside(room, random.At(0));
        for (var attempt = 1; attempt <= PlaceAttempts; attempt++)
        {
            var draw = random.At(attempt);
            var distance = draw.At(0).BetweenByRatio(0.25, 6);
            var (around, up) = (draw.At(1).Between(0, 2 * Math.PI), draw.At(2).Between(-0.4, 0.4));
            var flat = Math.Sqrt(1 - up * up) * distance;
            var source = new Place(
                microphone.X + flat * Math.Cos(around), microphone.Y + flat * Math.Sin(around), microphone.Z + up * distance);
            if (IsInside(room, source))
                return room with { Source = source, Microphone = microphone };
        }
        return room with { Source = Inside(room, random.At(-1)), Microphone = microphone };
    }

    private static Place Inside(ShoeboxRoom room, KeyedRandom random) => new(
        random.At(0).Between(WallDistance, room.Size.X - WallDistance),
        random.At(1).Between(WallDistance, room.Size.Y - WallDistance),
        random.At(2).Between(0.8, Math.Min(2, room.Size.Z - WallDistance)));

    private static bool IsInside(ShoeboxRoom room, Place place) =>
        place.X > WallDistance && place.X < room.Size.X - WallDistance && place.Y > WallDistance && place.Y < room.Size.Y - WallDistance
        && place.Z > WallDistance && place.Z < room.Size.Z - WallDistance;

    private static WallAbsorption[] Walls(ShoeboxRoom room, double mean, KeyedRandom random)
    {
        var shares = Enumerable.Range(0, 6).Select(wall => random.At(wall).BetweenByRatio(0.4, 2.5)).ToArray();
        var scale = 2 * room.WallAreas.Sum() * mean / shares.Select((share, wall) => share * room.WallAreas[wall / 2]).Sum();
        return [.. shares.Select((share, wall) => Wall(share * scale, random.At(6 + wall)))];
    }

    private static WallAbsorption Wall(double middle, KeyedRandom random)
    {
        var slope = random.At(0).Between(-0.15, 0.35);
        var centre = OctaveBands.Centres.Count / 2;
        return new WallAbsorption([.. OctaveBands.Centres.Select((_, band) =>
            Math.Clamp(middle * Math.Pow(2, slope * (band - centre) + random.At(1 + band).Between(-0.3, 0.3)), 0.01, 0.95))]);
    }

    /// <summary>Eyring's formula, the other way round.</summary>
    private static double AbsorptionFor(ShoeboxRoom room, double seconds) => 1 - Math.Exp(-EyringExponent(room) / seconds);

    private static double LongestTime(ShoeboxRoom room) => OctaveBands.Centres.Select((_, band) =>
    {
        var absorbed = room.Walls.Select((wall, index) => wall.Coefficients[band] * room.WallAreas[index / 2]).Sum();
        return EyringExponent(room) / -Math.Log(1 - absorbed / (2 * room.WallAreas.Sum()));
    }).Max() * Lasting;

    private static double EyringExponent(ShoeboxRoom room) =>
        24 * Math.Log(10) / ShoeboxRoom.SpeedOfSound * room.Volume / (2 * room.WallAreas.Sum());
}
