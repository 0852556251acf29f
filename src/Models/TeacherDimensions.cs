using Tmrvc.Configuration;

namespace Tmrvc.Models;

/// <summary>What surrounds a teacher and is decided elsewhere: the constants, and the content features' own declaration.</summary>
/// <param name="Mels">Mel bands.</param>
/// <param name="Content">Content features per frame, as the shards declare.</param>
/// <param name="Speaker">Values of a speaker embedding.</param>
/// <param name="IrParameters">Values that describe an impulse response.</param>
/// <param name="Heads">Attention heads.</param>
public sealed record TeacherDimensions(int Mels, int Content, int Speaker, int IrParameters, int Heads)
{
    public static TeacherDimensions From(Constants constants, int contentDimension) =>
        new(constants.NMels, contentDimension, constants.DSpeaker, constants.NIrParams, constants.TeacherNHeads);
}
