using Tmrvc.Contract;

namespace Tmrvc.Export;

/// <summary>Compares networks of a student with references of the same contracts.</summary>
/// <param name="references">By the name of the contract.</param>
public sealed class StudentParity(StudentContracts contracts, IReadOnlyDictionary<string, INetworkStep> references)
{
    private const int NoiseSeed = 1;
    private const int SequentialFrames = 10;

    /// <summary>On nothing, on one frame and on ten frames of noise, and on speech.</summary>
    /// <param name="tested">By the name of the contract; those that are not there are not compared.</param>
    /// <returns>How far each output comes apart in every case.</returns>
    public IReadOnlyList<ParityFigure> Compare(IReadOnlyDictionary<string, INetworkStep> tested, ParitySpeech speech)
    {
        var runs = speech.Runs(references);
        return [.. contracts.All.Where(contract => tested.ContainsKey(contract.Name)).SelectMany(contract =>
            Cases(contract, runs[contract.Name]).SelectMany(tried => Figures(contract, tried.Name, tried.Run, tested[contract.Name])))];
    }

    private static IEnumerable<ParityFigure> Figures(ModelContract contract, string name, ReferenceRun run, INetworkStep tested) =>
        ParityCheck.Deviations(contract, run, tested).Select(output => new ParityFigure(contract.Name, name, output.Key, output.Value));

    private IEnumerable<(string Name, ReferenceRun Run)> Cases(ModelContract contract, ReferenceRun speech) =>
    [
        ("zero", Run(contract, [ParityInputs.Zeros(contract)])),
        ("single frame", Run(contract, ParityInputs.Noise(contract, NoiseSeed, 1))),
        ($"{SequentialFrames} frames", Run(contract, ParityInputs.Noise(contract, NoiseSeed + 1, SequentialFrames))),
        ("speech", speech),
    ];

    private ReferenceRun Run(ModelContract contract, IEnumerable<IReadOnlyDictionary<string, float[]>> calls) =>
        ParityCheck.Run(contract, references[contract.Name], calls);
}

/// <summary>How far one output came apart in one case.</summary>
public sealed record ParityFigure(string Model, string Case, string Output, Deviation Deviation);
