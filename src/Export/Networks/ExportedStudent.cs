using Google.Protobuf;
using Onnx;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Export;

/// <summary>A student as ONNX networks.</summary>
public static class ExportedStudent
{
    /// <param name="highQuality">Whether the converter with lookahead is among them.</param>
    public static IReadOnlyList<ExportedModel> Of(StudentNetworks student, MelStatistics statistics, bool highQuality = true)
    {
        var contracts = student.Architecture.Contracts();
        return
        [
            new(contracts.ContentEncoder, ContentEncoderGraph.Of(student.ContentEncoder, statistics)),
            new(contracts.Converter, ConverterGraph.Of(student.Converter)),
            .. highQuality ? [new(contracts.ConverterHq, ConverterGraph.Of(student.Converter, new Lookahead(student.Architecture.MaxLookahead)))] : Array.Empty<ExportedModel>(),
            new(contracts.Vocoder, VocoderGraph.Of(student.Vocoder)),
            new(contracts.IrEstimator, IrEstimatorGraph.Of(student.IrEstimator, statistics)),
            new(contracts.SpeakerEncoder, SpeakerEncoderGraph.Of(student.SpeakerEncoder, statistics)),
        ];
    }
}

/// <param name="Network">As it is written.</param>
public sealed record ExportedModel(ModelContract Contract, ModelProto Network)
{
    public byte[] Bytes() => Network.ToByteArray();
}
