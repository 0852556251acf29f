using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What a stage is, as far as its result depends on it (guarantee 1).</summary>
internal static class StageManifest
{
    /// <summary>The key's pre-image starts with this. Raise the number when the meaning of a manifest changes.</summary>
    private const string StageKind = "stage 1", ItemKind = "item 1", GroupKind = "group 1";

    private const string PerItemKind = "per item", InputPrefix = "input.", OutputPrefix = "output.";

    public static ContentHash Key(Stage stage, IReadOnlyList<InputContent> inputs)
    {
        var sink = new HashingSink(StageKind);
        Write(stage, inputs, sink);
        return sink.Hash;
    }

    /// <summary>The key of a manifest that was kept.</summary>
    public static ContentHash Key(IEnumerable<ManifestEntry> manifest)
    {
        var sink = new HashingSink(StageKind);
        foreach (var entry in manifest.Where(entry => !entry.IsDefault))
            sink.Significant(entry.What, entry.Value);
        return sink.Hash;
    }

    public static IReadOnlyList<ManifestEntry> Explain(Stage stage, IReadOnlyList<InputContent> inputs)
    {
        var sink = new ExplainingSink();
        Write(stage, inputs, sink);
        return sink.Entries;
    }

    /// <summary>What all items of a stage have in common: everything but the items and the outputs made of them.</summary>
    public static ContentHash ItemsKey(PerItemStage stage, IReadOnlyList<InputContent> inputs)
    {
        var sink = new HashingSink(ItemKind);
        WriteWork(stage, [.. inputs.Where(input => input.Name != stage.Items)], sink);
        return sink.Hash;
    }

    /// <summary>
    /// What <see cref="ItemsKey"/> may have been for the stage that left this manifest: one key for each of its inputs, because a
    /// manifest does not say which of them holds the items. None for a stage without items.
    /// </summary>
    public static IEnumerable<ContentHash> ItemsKeys(IReadOnlyList<ManifestEntry> manifest)
    {
        if (!manifest.Any(entry => entry is { What: "kind", Value: PerItemKind }))
            yield break;
        ManifestEntry[] work = [.. manifest.Where(entry => !entry.IsDefault && !entry.What.StartsWith(OutputPrefix, StringComparison.Ordinal))];
        foreach (var items in work.Where(entry => entry.What.StartsWith(InputPrefix, StringComparison.Ordinal)))
        {
            var sink = new HashingSink(ItemKind);
            foreach (var entry in work.Where(entry => entry != items))
                sink.Significant(entry.What, entry.Value);
            yield return sink.Hash;
        }
    }

    /// <summary>The output names in a manifest that was kept, sorted (ordinal).</summary>
    public static IEnumerable<string> Outputs(IReadOnlyList<ManifestEntry> manifest) => manifest
        .Where(entry => entry.What.StartsWith(OutputPrefix, StringComparison.Ordinal))
        .Select(entry => entry.What[OutputPrefix.Length..])
        .Order(StringComparer.Ordinal);

    public static ContentHash ItemKey(ContentHash common, string id, ContentHash content)
    {
        var sink = new HashingSink(ItemKind);
        sink.Significant("common", common.ToString());
        sink.Significant("id", id);
        sink.Significant("content", content.ToString());
        return sink.Hash;
    }

    /// <param name="members">Keys of the results the group is made of, in their order.</param>
    public static ContentHash GroupKey(ContentHash common, string name, IReadOnlyList<ContentHash> members)
    {
        var sink = new HashingSink(GroupKind);
        sink.Significant("common", common.ToString());
        sink.Significant("name", name);
        foreach (var member in members)
            sink.Significant("member", member.ToString());
        return sink.Hash;
    }

    /// <param name="inputs">Inputs whose content is not known yet are left out.</param>
    private static void Write(Stage stage, IReadOnlyList<InputContent> inputs, IManifestSink sink)
    {
        WriteWork(stage, inputs, sink);
        foreach (var output in stage.Outputs.Order(StringComparer.Ordinal))
            sink.Significant(OutputPrefix + output, "");
    }

    private static void WriteWork(Stage stage, IReadOnlyList<InputContent> inputs, IManifestSink sink)
    {
        sink.Significant("kind", KindOf(stage));
        sink.Significant("stage", stage.Id.Value);
        sink.Significant("version", stage.Version.ToString(CultureInfo.InvariantCulture));
        if (stage.Settings is { } settings)
            SettingsManifest.Write(settings, "settings", sink);
        foreach (var input in inputs.OrderBy(input => input.Name, StringComparer.Ordinal))
            sink.Significant(InputPrefix + input.Name, input.Identity);
    }

    private static string KindOf(Stage stage) => stage switch
    {
        ActionStage => "action",
        PerItemStage => PerItemKind,
        TrainingStage => "training",
        GateStage => "gate",
        _ => throw new InvalidOperationException($"Stage {stage.Id}: {stage.GetType()} is none of the four kinds."),
    };
}
