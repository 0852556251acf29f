using static TorchSharp.torch;

namespace Tmrvc.Models.Layers;

/// <summary>What every level of one forward pass shares.</summary>
/// <param name="Content">Content, and under <see cref="ConditionPath.EveryLevel"/> also F0, at each level's rate.</param>
/// <param name="Global">[B, hidden], time, speaker and impulse response; null under <see cref="ConditionPath.Bottleneck"/>.</param>
/// <param name="Mask">Null when every frame is valid.</param>
internal sealed record LevelConditions(ContentPyramid Content, Tensor? Global, FrameMask? Mask);
