using Tmrvc.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Tmrvc.Training;

/// <summary>Content encoder and converter as one network, each under the prefix of its file.</summary>
internal sealed class ConvertingNetworks : nn.Module
{
    private readonly ContentEncoder content_encoder;
    private readonly Converter converter;

    public ConvertingNetworks(ContentEncoder contentEncoder, Converter converter) : base(nameof(ConvertingNetworks))
    {
        (content_encoder, this.converter) = (contentEncoder, converter);
        RegisterComponents();
    }

    public ContentEncoder ContentEncoder => content_encoder;

    public Converter Converter => converter;
}
