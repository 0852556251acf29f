using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>Compares every exported network of a student with the one it was made from.</summary>
public sealed class StudentParity(StudentNetworks student, MelStatistics statistics)
{
    private const int NoiseSeed = 1;
    private const int SequentialFrames = 10;

    private readonly StudentContracts _contracts = new(student.Architecture);

    /// <param name="models">The bytes of the files, by the name of the contract; those that are not there are not compared.</param>
    /// <returns>The largest deviation of every output in every case.</returns>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses a file, or one does not keep its contract.</exception>
    public IReadOnlyList<ParityFigure> Compare(IReadOnlyDictionary<string, byte[]> models, ParitySpeech speech)
    {
        var steps = new StudentSteps(_contracts, statistics);
        var runs = speech.Runs(student, steps);
        return [.. _contracts.All.Where(contract => models.ContainsKey(contract.Name)).SelectMany(contract =>
            Figures(contract, Reference(contract, steps), models[contract.Name], runs[contract.Name]))];
    }

    private static IReadOnlyList<ParityFigure> Figures(ModelContract contract, INetworkStep reference, byte[] model, ReferenceRun speech)
    {
        using var tested = new OnnxStep(contract, model);
        return [.. Cases(contract, reference, speech).SelectMany(tried => ParityCheck.Deviations(contract, tried.Run, tested)
            .Select(output => new ParityFigure(contract.Name, tried.Name, output.Key, output.Value)))];
    }

    private static IEnumerable<(string Name, ReferenceRun Run)> Cases(ModelContract contract, INetworkStep reference, ReferenceRun speech) =>
    [
        ("zero", ParityCheck.Run(contract, reference, [ParityInputs.Zeros(contract)])),
        ("single frame", ParityCheck.Run(contract, reference, ParityInputs.Noise(contract, NoiseSeed, 1))),
        ($"{SequentialFrames} frames", ParityCheck.Run(contract, reference, ParityInputs.Noise(contract, NoiseSeed + 1, SequentialFrames))),
        ("speech", speech),
    ];

    private INetworkStep Reference(ModelContract contract, StudentSteps steps) => contract.Name switch
    {
        "content_encoder" => steps.Of(student.ContentEncoder),
        "converter" => steps.Of(student.Converter),
        "converter_hq" => steps.Of(student.Converter, StudentContracts.HighQuality),
        "vocoder" => steps.Of(student.Vocoder),
        "ir_estimator" => steps.Of(student.IrEstimator),
        "speaker_encoder" => steps.Of(student.SpeakerEncoder),
        _ => throw new ArgumentException($"{contract.Name}: no network of a student has this name."),
    };
}

/// <summary>How far one output came apart in one case.</summary>
public sealed record ParityFigure(string Model, string Case, string Output, Deviation Deviation);
