using Tmrvc.Models;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// A step of distribution matching: the student says what the teacher did, and two flows, the teacher's and one that learns what the student
/// says, tell where its speech is more or less likely than the teacher's.
/// </summary>
/// <param name="student">Content encoder and converter of <paramref name="speech"/>.</param>
/// <param name="ofData">The teacher, which learns nothing here.</param>
/// <param name="ofSamples">Of the teacher's shape, learning by <see cref="OfScore"/>.</param>
/// <param name="judges">Compare what the student says with what the teacher did.</param>
internal sealed class DistributionObjective(
    nn.Module student, StudentSpeech speech, RoomsTold rooms, ConditionalField ofData, ConditionalField ofSamples, TeacherDimensions dimensions,
    IReadOnlyList<ITeacherLoss> judges, DistributionSettings settings, Device device)
{
    /// <summary>Of the student; neither flow learns by it.</summary>
    public IReadOnlyList<LossTerm> OfStudent(TrajectoryBatch batch, StepRandom random)
    {
        var said = Say(batch, random);
        var positions = batch.PositionsOn(device).narrow(3, 0, said.Mel.shape[2]);
        var prediction = new FlowPrediction( // at t = 0 the position is what is said
            positions.select(1, positions.shape[1] - 1), said.Mel, zeros([said.Mel.shape[0]], device: device), said.Mel, zeros_like(said.Mel), said.Conditions.Mask);
        return
        [
            new("distribution", DistributionMatching.Loss(said.Mel, Direction(said, random), said.Conditions.Mask), settings.DistributionWeight),
            .. judges.Select(judge => judge.Evaluate(prediction)),
            new("velocity", DistillationLoss.OfVelocity(positions, said.Mel, said.Conditions.Mask), settings.VelocityWeight),
            new("envelope", speech.OffSpectrum(said.Features, batch, said.Conditions.Mask), settings.EnvelopeWeight),
        ];
    }

    /// <summary>Of the flow that learns what the student says.</summary>
    public IReadOnlyList<LossTerm> OfScore(TrajectoryBatch batch, StepRandom random)
    {
        var said = WithoutGradient(() => Say(batch, random));
        var disturbed = Disturb(said.Mel, random);
        var velocity = ofSamples(disturbed.Position, disturbed.Time, said.Conditions);
        return [new("flow", FlowLoss.MaskedMeanSquare(velocity - RectifiedFlow.Velocity(said.Mel, disturbed.Noise), said.Conditions.Mask))];
    }

    /// <summary>What the student says in the room of the source, clamped and normalised. [B, 80, T − lookahead]</summary>
    public Tensor Speak(TrajectoryBatch batch, Lookahead ahead) => speech.MelOf(speech.Convert(batch, ahead, batch.RoomOn(device)).Features);

    private Tensor Direction(Said said, StepRandom random) => WithoutGradient(() =>
    {
        var disturbed = Disturb(said.Mel, random);
        Tensor Clean(ConditionalField flow) =>
            RectifiedFlow.Clean(disturbed.Position, flow(disturbed.Position, disturbed.Time, said.Conditions), disturbed.Time);
        return DistributionMatching.Direction(said.Mel, Clean(ofData), Clean(ofSamples), said.Conditions.Mask);
    });

    private (Tensor Position, Tensor Noise, Tensor Time) Disturb(Tensor mel, StepRandom random)
    {
        var time = random.Uniform(mel.shape[0]) * (settings.MostTime - settings.LeastTime) + settings.LeastTime;
        var noise = random.Normal(mel.shape);
        return (RectifiedFlow.Position(mel, noise, time), noise, time);
    }

    private Said Say(TrajectoryBatch batch, StepRandom random)
    {
        var ahead = student.training ? StudentSpeech.DrawAhead(settings.Lookahead, random) : new Lookahead(settings.Lookahead[0]);
        var features = speech.Convert(batch, ahead, rooms.Of(batch, random)).Features;
        return new(features, speech.MelOf(features), Conditions(batch, ahead.Frames, features.shape[2]));
    }

    /// <summary>What the teacher was told, of the frames that are said; what lies ahead is speech, too.</summary>
    private TeacherConditions Conditions(TrajectoryBatch batch, int ahead, long frames)
    {
        var told = batch.Said.Conditions(dimensions, device);
        Tensor Said(Tensor whole) => whole.narrow(2, 0, frames);
        return new(Said(told.Content), Said(told.LogF0), Said(told.Voiced), told.Speaker, batch.RoomOn(device), told.Mask?.narrow(2, ahead, frames));
    }

    private static T WithoutGradient<T>(Func<T> compute)
    {
        using var _ = no_grad();
        return compute();
    }

    /// <param name="Features">Natural log of magnitude, [B, 513, T]</param>
    /// <param name="Mel">[B, 80, T], clamped and normalised.</param>
    /// <param name="Conditions">Of the teacher, for as many frames.</param>
    private sealed record Said(Tensor Features, Tensor Mel, TeacherConditions Conditions);
}
