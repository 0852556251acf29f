using Tmrvc.Contract;

namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>What any network can be tried on: nothing at all, in no room, and noise within the range of what its inputs mean.</summary>
public static class ParityInputs
{
    private const int ReferenceFrames = 150;
    private const string Room = "ir_params";

    public static Frame Zeros(ModelContract contract) => Of(contract, (name, count) => name == Room ? RoomScale.Of(count).ForCaller(new float[count]) : new float[count]);

    /// <summary>So many calls.</summary>
    public static IEnumerable<Frame> Noise(ModelContract contract, int seed, int calls)
    {
        var random = new Random(seed);
        for (var call = 0; call < calls; call++) yield return Of(contract, (name, count) => Noise(random, name, count));
    }

    private static Frame Of(ModelContract contract, Func<string, int, float[]> values) => contract.Inputs
        .Where(input => input.Name != ModelContract.StateIn)
        .ToDictionary(input => input.Name, input => values(input.Name, input.Count(ReferenceFrames)));

    private static float[] Noise(Random random, string input, int count) => input switch
    {
        "f0" => Uniform(random, count, 0, 6),
        Room => RoomScale.Of(count).ForCaller([.. Uniform(random, count / 3 * 2, 0, 1), .. Uniform(random, count / 3, -1, 1)]), // tilts have both signs
        "lora_delta" => Uniform(random, count, -0.1, 0.1),
        "spk_embed" => UnitLength(Uniform(random, count, -1, 1)),
        "content" => Uniform(random, count, -3, 3),
        "features" => Uniform(random, count, -8, 4),
        _ => Uniform(random, count, -14, 3), // log-mel
    };

    private static float[] Uniform(Random random, int count, double low, double high)
    {
        var values = new float[count];
        for (var n = 0; n < count; n++) values[n] = (float)(low + (high - low) * random.NextDouble());
        return values;
    }

    private static float[] UnitLength(float[] values)
    {
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }
}
