using System.Security.Cryptography;
using System.Text;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>
/// Keeps whole rooms out of the training: those whose names have the lowest SHA-256. Where there are three rooms or more, one at
/// least is for the test and one for the validation. The shares are of so few rooms that ranks decide, not thresholds: another room may
/// move one, so trainings compare when their corpora of rooms are the same.
/// </summary>
internal static class RoomSplit
{
    private const int LeastRooms = 3;

    /// <param name="rooms">Corpus and room, of one corpus.</param>
    internal static IReadOnlyDictionary<string, Split> Of(IEnumerable<string> rooms, RoomSplitSettings settings)
    {
        var ordered = rooms.Distinct().OrderBy(Hash, StringComparer.Ordinal).ToArray();
        var test = HeldOut(ordered.Length, settings.TestShare);
        var validation = HeldOut(ordered.Length, settings.ValidationShare);
        return ordered.Index().ToDictionary(
            room => room.Item,
            room => room.Index < test ? Split.Test : room.Index < test + validation ? Split.Validation : Split.Train);
    }

    private static string Hash(string room) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"room\n{room}")));

    private static int HeldOut(int rooms, double share) =>
        share == 0 || rooms < LeastRooms ? 0 : Math.Max(1, (int)Math.Round(share * rooms));
}

public sealed record RoomSplitSettings : IValidated
{
    /// <summary>Share of the rooms, 0 to below 0.5.</summary>
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Share of the rooms, 0 to below 0.5.</summary>
    public double TestShare { get; init; } = 0.1;

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        foreach (var (property, share) in new[] { ("validation_share", ValidationShare), ("test_share", TestShare) })
            if (share is not (>= 0 and < 0.5))
                yield return (property, $"found {share}, 0 to below 0.5 is allowed");
    }
}
