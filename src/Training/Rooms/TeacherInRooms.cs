using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A teacher and the estimator of rooms that is trained with it: one network to the optimiser, two files in the end.</summary>
internal sealed class TeacherInRooms : nn.Module
{
    private const string TeacherPrefix = "teacher.";
    private const string RoomsPrefix = "rooms.";

    private readonly Teacher teacher;
    private readonly RoomEstimator rooms;

    public TeacherInRooms(Teacher teacher, RoomEstimator rooms) : base(nameof(TeacherInRooms))
    {
        (this.teacher, this.rooms) = (teacher, rooms);
        RegisterComponents();
    }

    public static Dictionary<string, Tensor> OfTeacher(TrainingOutcome outcome) => Of(outcome, TeacherPrefix);

    public static Dictionary<string, Tensor> OfRooms(TrainingOutcome outcome) => Of(outcome, RoomsPrefix);

    private static Dictionary<string, Tensor> Of(TrainingOutcome outcome, string prefix) => outcome.Weights
        .Where(weight => weight.Name.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(weight => weight.Name[prefix.Length..], weight => weight.Value);
}
