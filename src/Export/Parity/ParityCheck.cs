using Tmrvc.Contract;

namespace Tmrvc.Export;

using Frame = IReadOnlyDictionary<string, float[]>;

/// <summary>Runs two networks of one contract over the same inputs, each with its own state, and measures how far they come apart.</summary>
public static class ParityCheck
{
    /// <param name="run">What the reference was given, call by call, and what it gave.</param>
    /// <returns>By output, over all calls.</returns>
    public static IReadOnlyDictionary<string, Deviation> Deviations(ModelContract contract, ReferenceRun run, INetworkStep tested)
    {
        Frame[] found = [.. Outputs(contract, tested, run.Calls)];
        return contract.Outputs.ToDictionary(output => output.Name, output => Deviation.Of(output.Name, found, run.Outputs));
    }

    /// <summary>A reference over these calls, from silence on.</summary>
    public static ReferenceRun Run(ModelContract contract, INetworkStep reference, IEnumerable<Frame> calls)
    {
        Frame[] all = [.. calls];
        return new ReferenceRun(all, [.. Outputs(contract, reference, all)]);
    }

    /// <summary>What one network gives for each call, keeping its state.</summary>
    private static IEnumerable<Frame> Outputs(ModelContract contract, INetworkStep network, IEnumerable<Frame> calls)
    {
        var state = new float[contract.State?.Count() ?? 0];
        foreach (var call in calls)
        {
            var outputs = network.Run(new Dictionary<string, float[]>(call) { [ModelContract.StateIn] = state });
            yield return outputs;
            if (contract.State is not null) state = outputs[ModelContract.StateOut];
        }
    }
}

/// <summary>Calls of a network one after the other, without state, and what the reference gave.</summary>
public sealed record ReferenceRun(IReadOnlyList<Frame> Calls, IReadOnlyList<Frame> Outputs);
