using System.Text;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Receives a stage's manifest, entry by entry, always in the same order.</summary>
internal interface IManifestSink
{
    void Significant(string what, string value);

    /// <summary>A setting that has its record's default value: it is named, but no part of the key.</summary>
    void Default(string what, string value);
}

/// <summary>
/// Hashes a manifest. The pre-image is text: the kind of thing being named, then one line per significant entry, so that a key can
/// be reproduced with <c>sha256sum</c>.
/// </summary>
internal sealed class HashingSink(string kind) : IManifestSink
{
    private readonly StringBuilder _preimage = new StringBuilder(kind).Append('\n');

    public ContentHash Hash => ContentHash.Of(Encoding.UTF8.GetBytes(_preimage.ToString()));

    public void Significant(string what, string value) =>
        _preimage.Append(Escape(what)).Append('=').Append(Escape(value)).Append('\n');

    public void Default(string what, string value) { }

    /// <summary>Keeps entries apart: a value cannot look like the start of another entry.</summary>
    private static string Escape(string text) => text.AsSpan().IndexOfAny('\\', '\n', '=') < 0
        ? text
        : text.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("=", "\\e");
}

/// <summary>Keeps a manifest for people and for comparison with a later one.</summary>
internal sealed class ExplainingSink : IManifestSink
{
    private readonly List<ManifestEntry> _entries = [];

    public IReadOnlyList<ManifestEntry> Entries => _entries;

    public void Significant(string what, string value) => _entries.Add(new ManifestEntry(what, value));

    public void Default(string what, string value) => _entries.Add(new ManifestEntry(what, value, IsDefault: true));
}
