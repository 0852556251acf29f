using Tmrvc.Audio;
using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora;

/// <summary>Libraries as inputs of a stage: another release of one gives other samples.</summary>
public static class AudioTools
{
    public static IEnumerable<StageInput> Of(params IEnumerable<AudioLibrary> libraries) =>
        libraries.Select(library => new StageInput.Tool(library.Name, library.Version));
}
