using Tmrvc.Features;
using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Rows of tensors of a batch. Without rows a tensor is itself.</summary>
internal static class BatchRowTensors
{
    /// <param name="whole">[B, …]</param>
    public static Tensor Of(this BatchRows? rows, Tensor whole) => rows is { } own ? whole.narrow(0, own.First, own.Count) : whole;

    public static TeacherConditions Of(this BatchRows? rows, TeacherConditions whole) => rows is null ? whole : new TeacherConditions(
        rows.Of(whole.Content), rows.Of(whole.LogF0), rows.Of(whole.Voiced), rows.Of(whole.Speaker), rows.Of(whole.Ir),
        whole.Mask is null ? null : rows.Of(whole.Mask));
}
