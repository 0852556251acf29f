using Tmrvc.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>
/// What is distilled: content encoder and converter, and a linear reading of the content features from what the one hands to the other. The
/// reading goes that way round because F0 has to travel through the same 256 values; it is not exported.
/// </summary>
internal sealed class DistilledNetworks : nn.Module
{
    private const string RoomColumns = ".film.proj.weight";

    private readonly ContentEncoder content_encoder;
    private readonly Converter converter;
    private readonly Conv1d reading;

    /// <param name="content">Content features per frame.</param>
    public DistilledNetworks(StudentArchitecture architecture, int content, ulong seed) : base(nameof(DistilledNetworks))
    {
        content_encoder = new ContentEncoder(architecture, seed);
        converter = new Converter(architecture, seed + 1);
        reading = nn.Conv1d(architecture.Content, content, 1);
        RegisterComponents();
        Draw(seed + 2);
    }

    public ContentEncoder ContentEncoder => content_encoder;

    public Converter Converter => converter;

    public Conv1d Reading => reading;

    /// <summary>Writes the files of content encoder and converter.</summary>
    /// <param name="about">What they keep beside their architecture.</param>
    /// <param name="path">Of a file of <see cref="StudentNetworks"/>.</param>
    public static void Save(TrainingOutcome outcome, StudentArchitecture architecture, IReadOnlyDictionary<string, string> about, Func<string, string> path)
    {
        Write(nameof(content_encoder), StudentNetworks.ContentEncoderFile, ModelFiles.ContentEncoder.Metadata(architecture));
        Write(nameof(converter), StudentNetworks.ConverterFile, ModelFiles.Converter.Metadata(architecture));

        void Write(string network, string file, Dictionary<string, string> metadata) =>
            ModuleWeights.Save(Of(outcome, network), path(file), metadata.Concat(about).ToDictionary());
    }

    /// <summary>The weights of one network out of the outcome's.</summary>
    private static Dictionary<string, Tensor> Of(TrainingOutcome outcome, string network) => outcome.Weights
        .Where(weight => weight.Name.StartsWith(network + ".", StringComparison.Ordinal))
        .ToDictionary(weight => weight.Name[(network.Length + 1)..], weight => weight.Value);

    /// <summary>Draws the reading, and lets a room that nothing was learnt of change nothing.</summary>
    private void Draw(ulong seed)
    {
        using var withoutGradient = no_grad();
        using var generator = new Generator(seed);
        var bound = 1 / Math.Sqrt(converter.Architecture.Content);
        nn.init.uniform_(reading.weight!, -bound, bound, generator);
        reading.bias!.zero_();
        var rooms = converter.Architecture.IrParameters;
        foreach (var (name, parameter) in converter.named_parameters())
            if (name.EndsWith(RoomColumns, StringComparison.Ordinal)) parameter.narrow(1, parameter.shape[1] - rooms, rooms).zero_();
    }
}
