using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Tmrvc.Build.Tests.Support;

/// <summary>What compiled assemblies call of another one, as its metadata has it.</summary>
internal static class CalledMembers
{
    /// <returns><c>Namespace.Type.Member/parameters</c>, sorted (ordinal).</returns>
    public static IEnumerable<string> Of(string package, IEnumerable<string> assemblies) =>
        assemblies.SelectMany(path => Of(package, path)).Distinct().Order(StringComparer.Ordinal);

    private static List<string> Of(string package, string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => (Member: member, Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent)))
                .Where(called => AssemblyOf(metadata, called.Type) == package)
                .Select(called => $"{NameOf(metadata, called.Type)}.{metadata.GetString(called.Member.Name)}/{Parameters(metadata, called.Member)}"),
        ];
    }

    private static string? AssemblyOf(MetadataReader metadata, TypeReference type) => type.ResolutionScope.Kind switch
    {
        HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
        HandleKind.TypeReference => AssemblyOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope)),
        _ => null,
    };

    private static string NameOf(MetadataReader metadata, TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? $"{NameOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope))}+{metadata.GetString(type.Name)}"
        : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    /// <summary>−1 for a field.</summary>
    private static int Parameters(MetadataReader metadata, MemberReference member)
    {
        var signature = metadata.GetBlobReader(member.Signature);
        var header = signature.ReadSignatureHeader();
        if (header.Kind != SignatureKind.Method)
            return -1;
        if (header.IsGeneric)
            signature.ReadCompressedInteger();
        return signature.ReadCompressedInteger();
    }
}
