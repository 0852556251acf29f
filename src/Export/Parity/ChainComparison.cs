using System.Numerics;
using Tmrvc.Contract;

namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>
/// Two sets of networks of one student over the same speech, each as the chain that a stream runs: every network is given what those before
/// it in its own set made of the speech, and keeps its own state.
/// </summary>
public static class ChainComparison
{
    /// <summary>
    /// What stands for <c>stft_phase</c>: magnitude · e^(i · phase). This and the state that carries the period are of both vocoders given the
    /// references' features: in the chain a pitch that is read otherwise once moves every later period, which is not heard.
    /// </summary>
    public const string Spectrum = "spectrum";

    /// <param name="references">By the name of the contract.</param>
    /// <param name="tested">By the name of the contract; for those that are not there the references stand in.</param>
    /// <returns>Of every output of the tested networks.</returns>
    public static IReadOnlyList<ChainFigure> Of(
        StudentContracts contracts, ParitySpeech speech, IReadOnlyDictionary<string, INetworkStep> references, IReadOnlyDictionary<string, INetworkStep> tested)
    {
        var expected = speech.Runs(references);
        var found = speech.Runs(references.ToDictionary(step => step.Key, step => tested.GetValueOrDefault(step.Key) ?? step.Value));
        return [.. contracts.All.Where(contract => tested.ContainsKey(contract.Name)).SelectMany(contract => contract.Outputs.Select(output =>
            Figure(contract.Name, output.Name, Found(contract, output.Name), expected[contract.Name].Outputs)))];

        IReadOnlyList<Frame> Found(ModelContract contract, string output) => FollowsPeriods(contract, output)
            ? ParityCheck.Run(contract, tested[contract.Name], expected[contract.Name].Calls).Outputs
            : found[contract.Name].Outputs;
    }

    private static bool FollowsPeriods(ModelContract contract, string output) =>
        contract.Name == NetworkNames.Vocoder && (output is SpectrumBins.Phase or ModelContract.StateOut);

    private static ChainFigure Figure(string model, string output, IReadOnlyList<Frame> tested, IReadOnlyList<Frame> reference)
    {
        var (sum, largest, off, all, count) = (0.0, 0.0, 0.0, 0.0, 0L);
        foreach (var (found, expected) in tested.Zip(reference).SelectMany(call => Values(output, call.First).Zip(Values(output, call.Second))))
        {
            var difference = (found - expected).Magnitude;
            (sum, off, all, count) = (sum + difference, off + difference * difference, all + expected.Magnitude * expected.Magnitude, count + 1);
            largest = difference > largest || double.IsNaN(difference) ? difference : largest;
        }
        return new ChainFigure(model, output == SpectrumBins.Phase ? Spectrum : output, sum / count, largest, Math.Sqrt(off / Math.Max(all, double.Epsilon)));
    }

    private static IEnumerable<Complex> Values(string output, Frame frame) =>
        output == SpectrumBins.Phase ? SpectrumBins.Of(frame) : frame[output].Select(value => new Complex(value, 0));
}

/// <param name="Mean">|Δ|, over all values of all calls.</param>
/// <param name="Largest">|Δ|</param>
/// <param name="Share">Root of the mean square of Δ over that of the reference: 0.1 is 20 dB below it, 1.4 another sound.</param>
public sealed record ChainFigure(string Model, string Output, double Mean, double Largest, double Share);
