using Tmrvc.Audio;
using Tmrvc.SafeTensors;

namespace Tmrvc.Evaluation;

/// <summary>Leaves mels and their sound in a folder.</summary>
internal sealed class SampleFolder(string folder, int bands)
{
    private const string AudioFolder = "audio";

    private readonly SafeTensorsWriter _mels = new();

    /// <param name="name">Of the tensor and of the file.</param>
    /// <param name="note">How it came to be.</param>
    public Signal Leave(string name, string role, float[] logMel, AudioBuffer audio, string note)
    {
        Directory.CreateDirectory(Path.Combine(folder, AudioFolder));
        AudioFile.WriteFlac16(Path.Combine(folder, AudioFolder, name + ".flac"), audio);
        _mels.Add(name, logMel, bands, logMel.Length / bands);
        return new Signal(role, name, $"{AudioFolder}/{name}.flac", note);
    }

    public void Save() => _mels.Save(Path.Combine(folder, TeacherEvaluator.MelsFile));
}
