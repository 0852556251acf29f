using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>A speaker encoder with the class vectors that exist only while it is trained.</summary>
public sealed class SpeakerClassifier : nn.Module
{
    private readonly SpeakerEncoder encoder;
    private readonly AamSoftmax head;
    private readonly Device _device;

    public SpeakerClassifier(SpeakerEncoder encoder, AamSoftmax head, Device device) : base(nameof(SpeakerClassifier))
    {
        (this.encoder, this.head, _device) = (encoder, head, device);
        RegisterComponents();
        this.to(device);
    }

    /// <summary>The classification loss of a batch.</summary>
    public IReadOnlyList<LossTerm> Evaluate(SpeakerBatch batch, StepRandom random) =>
        [new LossTerm("aam", head.forward(encoder.forward(batch.Features.LogMelOn(_device), batch.Features.MaskOn(_device)), batch.Classes(_device)))];
}
