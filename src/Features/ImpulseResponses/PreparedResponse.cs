using System.Globalization;
using Tmrvc.Audio;
using Tmrvc.SafeTensors;

namespace Tmrvc.Features;

/// <summary>One response with all that is kept of it, as the result of an item.</summary>
internal sealed record PreparedResponse(string Room, ImpulseResponse Response, ImpulseResponseParameters Parameters)
{
    internal const string FileName = "response.safetensors";

    /// <summary>Writes an item's result.</summary>
    internal void Write(string path)
    {
        var writer = new SafeTensorsWriter(new Dictionary<string, string>
        {
            ["room"] = Room,
            ["sample_rate"] = Response.SampleRate.ToString(CultureInfo.InvariantCulture),
            ["direct"] = Response.Direct.ToString(CultureInfo.InvariantCulture),
            ["bandwidth_hz"] = Response.Bandwidth.ToString(CultureInfo.InvariantCulture),
        });
        AddTo(writer, "");
        using var stream = File.Create(path);
        writer.WriteTo(stream);
    }

    internal static PreparedResponse Read(string path)
    {
        using var file = SafeTensorsFile.Open(path);
        int Number(string name) => int.Parse(file.Metadata[name], CultureInfo.InvariantCulture);
        return new PreparedResponse(
            file.Metadata["room"],
            new ImpulseResponse(
                file.Floats(ResponseTensors.Samples("")).ToArray(), Number("sample_rate"), Number("direct"),
                double.Parse(file.Metadata["bandwidth_hz"], CultureInfo.InvariantCulture)),
            new ImpulseResponseParameters(
                file.Floats(ResponseTensors.Parameters("")).ToArray(), file.Floats(ResponseTensors.Mask("")).ToArray()));
    }

    internal void AddTo(SafeTensorsWriter writer, string id) => writer
        .Add(ResponseTensors.Samples(id), Response.Samples, Response.Samples.Length)
        .Add(ResponseTensors.Parameters(id), Parameters.Values, Parameters.Values.Length)
        .Add(ResponseTensors.Mask(id), Parameters.Mask, Parameters.Mask.Length);
}

/// <summary>How the tensors of one response are called in a shard.</summary>
internal static class ResponseTensors
{
    internal static string Samples(string id) => $"{id}/samples";

    internal static string Parameters(string id) => $"{id}/parameters";

    internal static string Mask(string id) => $"{id}/mask";
}
