using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// BUT ReverbDB (Szöke et al. 2019): <c>&lt;room&gt;/MicID01/SpkID01_*/&lt;NN&gt;/RIR/*.wav</c>. Recordings of silence lie in other folders
/// than <c>RIR</c> under names that look alike.
/// </summary>
internal sealed class ButReverbDbLayout : IResponseLayout
{
    public bool IsResponse(string relativePath) =>
        relativePath.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) && relativePath.Split('/') is [.., "RIR", var name]
        && !name.StartsWith("._", StringComparison.Ordinal) && RoomOf(relativePath) is not null;

    public MeasuredResponse Read(string path, string relativePath) => new(RoomOf(relativePath)!, ResponseFile.Read(path));

    /// <summary>The folder that holds those of the microphones.</summary>
    private static string? RoomOf(string relativePath)
    {
        var parts = relativePath.Split('/');
        var microphone = Array.FindIndex(parts, part => part.StartsWith("MicID", StringComparison.Ordinal));
        return microphone > 0 ? parts[microphone - 1] : null;
    }
}
