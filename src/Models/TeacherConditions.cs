using static TorchSharp.torch;

namespace Tmrvc.Models;

/// <summary>Everything a velocity is conditioned on beside the noisy mel and the time.</summary>
/// <param name="Content">[B, D, T], D as the features declare.</param>
/// <param name="LogF0">[B, 1, T], log(f0 + 1) with f0 in hertz; 0 where unvoiced.</param>
/// <param name="Voiced">[B, 1, T], 1 where voiced.</param>
/// <param name="Speaker">[B, 192], unit length.</param>
/// <param name="Ir">[B, 24], how a <see cref="RoomEstimator"/> describes a room; zeros for a dry one.</param>
/// <param name="Mask">
/// [B, 1, T], 1 on the frames of the utterance and 0 on the padding after it. Null when every frame of the batch is valid,
/// which is faster and gives the same velocities as a mask of ones.
/// </param>
public sealed record TeacherConditions(Tensor Content, Tensor LogF0, Tensor Voiced, Tensor Speaker, Tensor Ir, Tensor? Mask);
