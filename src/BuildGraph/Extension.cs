using System.Globalization;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// A training that goes on from a finished one that was the same but shorter, because that was asked for (guarantee 10). What was
/// finished stays as it is; its checkpoints are copied.
/// </summary>
/// <param name="From">Steps of the finished training.</param>
/// <param name="Checkpoints">Its folder.</param>
/// <param name="Took">The finished training.</param>
/// <param name="Deviation">Why the result is not bit for bit that of a run of the full length; null when it is.</param>
internal sealed record Extension(ContentHash Origin, long From, string Checkpoints, TimeSpan Took, string? Deviation)
{
    internal const string NoteName = "extended.txt";

    /// <summary>For people.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"extended from step {From} of key {Origin.Short}{(Deviation is null ? "" : $", so not what as many steps in one go give: {Deviation}")}");

    /// <returns>The longest run that can be gone on from; null when there is none here, or the stage has checkpoints of its own.</returns>
    public static Extension? Of(Decision decision, Workshop shop) => HasOwn(decision, shop) ? null : shop.Runs.Of(decision.Stage.Id)
        .Select(run => shop.Records.Find(run.Key) is { } record ? Of(decision, record, run.Checkpoints) : null)
        .OfType<Extension>()
        .MaxBy(extension => extension.From);

    /// <summary>What <c>--extend</c> comes to, for people; nothing where the stage cannot be extended, or its inputs are not known yet.</summary>
    /// <param name="extension">From <see cref="Of(Decision, Workshop)"/>.</param>
    public static IEnumerable<string> Notes(Decision decision, Extension? extension, Workshop shop)
    {
        if (decision is not { Key: { } key, Stage: TrainingStage { Length: not null } })
            yield break;
        if (extension is not null)
            yield return extension.Description;
        else if (HasOwn(decision, shop))
            yield return NoteIn(shop.Runs.Of(decision.Stage.Id, key)) ?? "nothing to extend: it goes on from checkpoints of its own";
        else
            yield return $"nothing to extend: no finished run of it with fewer steps is here{(shop.Shared is null ? "" : ", unless another machine left one")}; it begins at its beginning";
    }

    private static bool HasOwn(Decision decision, Workshop shop) =>
        decision.Key is { } key && HasAny(Path.Combine(shop.Runs.Of(decision.Stage.Id, key), RunFolders.Checkpoints));

    /// <param name="finished">A training of the same stage.</param>
    /// <param name="checkpoints">Where its checkpoints are, or will be.</param>
    /// <returns>Null when the stage is not the same but longer.</returns>
    public static Extension? Of(Decision decision, ActionRecord finished, string checkpoints)
    {
        if (decision.Key is null || decision.Stage is not TrainingStage { Length: { } length } stage)
            return null;
        var manifest = StageManifest.Explain(stage, decision.Inputs);
        var from = Steps(finished.Manifest, length);
        return from < Steps(manifest, length) && SameButFor(length, finished.Manifest, manifest)
            ? new Extension(finished.Key, from, checkpoints, TimeSpan.FromHours(finished.Hours), stage.Deviation(from))
            : null;
    }

    /// <summary>Puts the finished run's checkpoints where those of this one belong, unless it has some already.</summary>
    /// <param name="folder">Of the stage's key.</param>
    /// <returns>Whether it did.</returns>
    public bool Begin(string folder)
    {
        var target = Path.Combine(folder, RunFolders.Checkpoints);
        if (HasAny(target))
            return false;
        var unfinished = Path.Combine(folder, "." + RunFolders.Checkpoints);
        Folders.Delete(unfinished);
        Copy(Checkpoints, Folders.Create(unfinished));
        Folders.Delete(target);
        File.WriteAllText(Path.Combine(folder, NoteName), Description);
        TimeTaken.Note(folder, Took);
        Directory.Move(unfinished, target);
        return true;
    }

    /// <summary>What the run in the folder was extended from, in words; null when it was not.</summary>
    public static string? NoteIn(string folder) => Path.Combine(folder, NoteName) is var note && File.Exists(note) ? File.ReadAllText(note) : null;

    public static bool HasAny(string checkpoints) => Directory.Exists(checkpoints) && Directory.EnumerateFileSystemEntries(checkpoints).Any();

    private static long Steps(IReadOnlyList<ManifestEntry> manifest, string length) =>
        long.TryParse(manifest.FirstOrDefault(entry => entry.What == length)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) ? steps : long.MaxValue;

    private static bool SameButFor(string length, IEnumerable<ManifestEntry> finished, IEnumerable<ManifestEntry> longer) =>
        Others(finished, length).SequenceEqual(Others(longer, length));

    private static IEnumerable<(string, string)> Others(IEnumerable<ManifestEntry> manifest, string length) => manifest
        .Where(entry => entry.What != length && !entry.IsDefault).Select(entry => (entry.What, entry.Value)).Order();

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Folders.Create(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
