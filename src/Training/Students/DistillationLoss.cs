using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>What a student of one step is judged by.</summary>
public static class DistillationLoss
{
    /// <summary>
    /// ‖(x_t − x̂0)/t − v‖², where v is the teacher's mean velocity over the stretch of its way that begins at t. The student does not see
    /// x_t, so all stretches are judged at once.
    /// </summary>
    /// <param name="positions">[B, K + 1, 80, T] at equally spaced times from 1 to 0.</param>
    /// <param name="generated">x̂0, [B, 80, T]</param>
    /// <param name="mask">[B, 1, T], 1 on what counts; null when all does.</param>
    /// <returns>Scalar, the mean over values and stretches.</returns>
    public static Tensor OfVelocity(Tensor positions, Tensor generated, Tensor? mask)
    {
        var stretches = (int)positions.shape[1] - 1;
        var (here, next) = (positions.narrow(1, 0, stretches), positions.narrow(1, 1, stretches));
        float[] times = [.. Enumerable.Range(0, stretches).Select(n => 1 - (float)n / stretches)];
        var implied = (here - generated.unsqueeze(1)) / tensor(times, [1, stretches, 1, 1], device: positions.device);
        var error = (implied - (here - next) * stretches).square().mean([1L, 2L]); // [B, T]
        return MeanInside(error.unsqueeze(1), mask);
    }

    /// <summary>How far what is read from the student's content is from the content itself: squared error relative to its power, and 1 − cosine.</summary>
    /// <param name="read">[B, D, T]</param>
    /// <param name="content">[B, D, T]</param>
    /// <param name="mask">[B, 1, T]; null when all counts.</param>
    public static (Tensor Squared, Tensor Cosine) OfContent(Tensor read, Tensor content, Tensor? mask)
    {
        var power = MeanInside(content.square().sum([1L], keepdim: true), mask);
        var squared = MeanInside((read - content).square().sum([1L], keepdim: true), mask) / power;
        var cosine = nn.functional.normalize(read, dim: 1) * nn.functional.normalize(content, dim: 1);
        return (squared, 1 - MeanInside(cosine.sum([1L], keepdim: true), mask));
    }

    /// <summary>Mean over the frames that count. [B, 1, T] → scalar</summary>
    internal static Tensor MeanInside(Tensor perFrame, Tensor? mask) => mask is null ? perFrame.mean() : (perFrame * mask).sum() / mask.sum().clamp_min(1);
}
