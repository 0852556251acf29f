namespace Tmrvc.Training;

/// <summary>Where a teacher passed on its ways from noise to speech.</summary>
public sealed class TeacherTrajectories : RenditionFolder
{
    private TeacherTrajectories(string folder) : base(folder, TrajectoriesStage.Trajectories) { }

    /// <summary>Opens the folder that <see cref="TrajectoriesStage"/> left.</summary>
    /// <exception cref="InvalidDataException">The index is broken.</exception>
    public static TeacherTrajectories Open(string folder) => new(folder);

    /// <summary>[K + 1, 80, T] at equally spaced times from 1 to 0, clamped and normalised: noise, …, speech.</summary>
    public ReadOnlySpan<Half> Positions(int place) => Shard(place).Values<Half>(NameOf(place));

    /// <summary>[80, T] of the source as it was heard, clamped and normalised.</summary>
    public ReadOnlySpan<Half> HeardOf(int place) => Shard(place).Values<Half>(Heard(place));

    /// <summary>[24] of the room that it was heard in and that the teacher was told, as networks see it; zeros for none.</summary>
    public ReadOnlySpan<float> RoomOf(int place) => Shard(place).Floats(Room(place));

    /// <summary>K + 1.</summary>
    public int Kept => (int)Shard(0)[NameOf(0)].Shape[0];

    internal static string NameOf(int place) => RenditionTensors.Name(place, "positions");

    internal static string Heard(int place) => RenditionTensors.Name(place, "heard");

    internal static string Room(int place) => RenditionTensors.Name(place, "room");
}
