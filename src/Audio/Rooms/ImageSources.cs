using System.Runtime.Intrinsics;

namespace Tmrvc.Audio;

/// <summary>
/// Impulse responses of rectangular rooms by the image-source method (Allen and Berkley 1979), each reflection in all octave
/// bands at once. A function of the room alone.
/// </summary>
/// <remarks>
/// Images but the source itself are moved by up to 8 cm along their path, evenly spread: exact mirrors line up to chirps that no
/// real room has (De Sena et al. 2015). Reflections fall between samples; once more than one of them arrives per sample, where
/// within the sample is left to chance anyway, so the nearest sample takes them.
/// </remarks>
public sealed class ImageSources(int sampleRate)
{
    private const double Displacement = 0.08;
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>Amplitude relative to the direct sound below which no band hears an image.</summary>
    private const float Inaudible = 1e-4f;

    /// <summary>Hertz. Mirrors that never change a sign pile up pressure at 0 Hz.</summary>
    private const double LowestHertz = 30;

    private const int AirStepsPerMetre = 4;

    private readonly FractionalDelay delay = new();
    private readonly double samplesPerMetre = sampleRate / ShoeboxRoom.SpeedOfSound;

    /// <summary>Images within the reach of a response.</summary>
    public static double Images(double volume, double seconds) =>
        4.0 / 3 * Math.PI * Math.Pow(ShoeboxRoom.SpeedOfSound * seconds, 3) / volume;

    /// <returns>[N] the direct sound has amplitude 1 and comes after the time it takes to the microphone.</returns>
    /// <param name="seconds">Reflections that arrive later are left out.</param>
    public float[] Respond(ShoeboxRoom room, double seconds)
    {
        var reach = seconds * ShoeboxRoom.SpeedOfSound;
        var sound = new Vector256<float>[(int)(seconds * sampleRate) + 2 * FractionalDelay.Reach + 2];
        var air = Air(reach + Displacement);
        var dense = Math.Sqrt(sampleRate * room.Volume / (4 * Math.PI * Math.Pow(ShoeboxRoom.SpeedOfSound, 3))) * sampleRate;
        var (distance, sequence) = (room.Distance, 0.5);
        foreach (var (metres, gain) in Audible(room, reach))
        {
            // The first is the source itself: 2 · 0.5 − 1 leaves it in its place.
            var path = Math.Min(reach, metres + Displacement * (2 * sequence - 1));
            sequence = (sequence + GoldenRatio) % 1;
            var time = (float)(path * samplesPerMetre);
            var heard = gain * air[(int)(path * AirStepsPerMetre)] * (float)(distance / path);
            if (time < dense)
                delay.Add(sound, time, heard);
            else
                sound[(int)(time + 0.5f) + FractionalDelay.Reach] += heard;
        }
        return OctaveBands.Join(sound, sampleRate, LowestHertz)[FractionalDelay.Reach..];
    }

    /// <summary>Path lengths, and what the walls leave.</summary>
    private static IEnumerable<(double Metres, Vector256<float> Gain)> Audible(ShoeboxRoom room, double reach)
    {
        var (walls, size, source, microphone) = (room.Walls, room.Size, room.Source, room.Microphone);
        var xs = AxisImage.Of(size.X, source.X, microphone.X, walls[0], walls[1], reach);
        var ys = AxisImage.Of(size.Y, source.Y, microphone.Y, walls[2], walls[3], reach);
        var zs = AxisImage.Of(size.Z, source.Z, microphone.Z, walls[4], walls[5], reach);
        var least = Vector256.Create(Inaudible / (float)room.Distance);
        foreach (var x in xs)
            foreach (var y in ys)
            {
                var plane = x.Offset * x.Offset + y.Offset * y.Offset;
                if (plane > reach * reach)
                    break;
                var planeGain = x.Gain * y.Gain;
                foreach (var z in zs)
                {
                    var metres = Math.Sqrt(plane + z.Offset * z.Offset);
                    if (metres > reach)
                        break;
                    var gain = planeGain * z.Gain;
                    if (Vector256.GreaterThanAny(gain, least * (float)metres))
                        yield return (metres, gain);
                }
            }
    }

    /// <summary>Amplitude that the air leaves, by steps of path.</summary>
    private static Vector256<float>[] Air(double reach) =>
    [
        .. Enumerable.Range(0, (int)(reach * AirStepsPerMetre) + 1).Select(step => OctaveBands.Vector(band =>
            Math.Pow(10, -AirAbsorption.DecibelsPerMetre(OctaveBands.Centres[band]) * (step + 0.5) / AirStepsPerMetre / 20))),
    ];
}
