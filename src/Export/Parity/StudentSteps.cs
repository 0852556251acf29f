using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;
using static TorchSharp.torch;

namespace Tmrvc.Export;

/// <summary>The networks as they were trained, called as their contracts say: what the exported ones are compared with.</summary>
public sealed class StudentSteps(StudentContracts contracts, MelStatistics statistics)
{
    /// <summary>All of a student, by the names of their contracts.</summary>
    public IReadOnlyDictionary<string, INetworkStep> Of(StudentNetworks student) => new Dictionary<string, INetworkStep>
    {
        [contracts.ContentEncoder.Name] = Of(student.ContentEncoder),
        [contracts.Converter.Name] = Of(student.Converter),
        [contracts.ConverterHq.Name] = Of(student.Converter, new Lookahead(contracts.Sizes.Lookahead)),
        [contracts.Vocoder.Name] = Of(student.Vocoder),
        [contracts.IrEstimator.Name] = Of(student.IrEstimator),
        [contracts.SpeakerEncoder.Name] = Of(student.SpeakerEncoder),
    };

    public INetworkStep Of(ContentEncoder network) => new TorchStep(contracts.ContentEncoder, inputs =>
    {
        var streamed = network.forward(Normalised(inputs["mel_frame"]), inputs["f0"], inputs[ModelContract.StateIn]);
        return [streamed.Output, streamed.State];
    });

    public INetworkStep Of(Converter network, Lookahead lookahead = default)
    {
        var contract = lookahead == Lookahead.None ? contracts.Converter : contracts.ConverterHq;
        return new TorchStep(contract, inputs =>
        {
            var conditions = new ConverterConditions(inputs["spk_embed"], Room(inputs["ir_params"]), inputs["lora_delta"]);
            var streamed = network.forward(inputs["content"], conditions, inputs[ModelContract.StateIn], lookahead);
            return [streamed.Output, streamed.State];
        });
    }

    public INetworkStep Of(StudentVocoder network) => new TorchStep(contracts.Vocoder, inputs =>
    {
        var frames = network.forward(inputs["features"], inputs[ModelContract.StateIn]);
        return [frames.Magnitude, frames.Phase, frames.State, frames.PhaseLength];
    }, Deviation.PhaseLength);

    public INetworkStep Of(IrEstimator network) => new TorchStep(contracts.IrEstimator, inputs =>
    {
        var streamed = network.forward(Normalised(inputs["mel_chunk"]), inputs[ModelContract.StateIn]);
        var values = RoomScale.Of(network.Architecture.IrParameters);
        return [tensor(values.ForCaller(streamed.Output.contiguous().data<float>().ToArray())), streamed.State];
    });

    public INetworkStep Of(StudentSpeakerEncoder network) => new TorchStep(contracts.SpeakerEncoder, inputs =>
    {
        var identity = network.forward(Normalised(inputs["mel_ref"]));
        return [identity.Embedding, identity.LoraDelta];
    });

    /// <summary>[1, 80, T] → [1, 80, T]</summary>
    private Tensor Normalised(Tensor logMel)
    {
        var values = logMel.data<float>().ToArray();
        statistics.Normalise(values);
        return tensor(values, logMel.shape);
    }

    private static Tensor Room(Tensor caller) =>
        tensor(RoomScale.Of((int)caller.shape[1]).ForNetwork(caller.data<float>().ToArray()), caller.shape);
}
