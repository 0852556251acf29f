using System.Collections.Concurrent;
using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>
/// The content of inputs that are files of the user's, each looked at once: all decisions of a run rest on one view. Knows no stages'
/// outputs.
/// </summary>
internal sealed class FileInputs(string root, ContentHasher hasher)
{
    private readonly ConcurrentDictionary<StageInput, Lazy<InputFinding>> _findings = new(SamePlace.Instance);

    /// <summary>Looks at the inputs of all stages at once.</summary>
    public void Prefetch(IEnumerable<Stage> stages) =>
        Parallel.ForEach(stages.SelectMany(stage => stage.Inputs).Where(IsOfFiles), input => _ = Find(input));

    public static bool IsOfFiles(StageInput input) => input is StageInput.File or StageInput.Files;

    public InputFinding Find(StageInput input) =>
        _findings.GetOrAdd(input, place => new Lazy<InputFinding>(() => Look(place))).Value is InputFinding.Known known
            ? new InputFinding.Known(known.Content with { Name = input.Name })
            : _findings[input].Value;

    private InputFinding Look(StageInput input)
    {
        try
        {
            return input is StageInput.File file ? LookAtFile(file) : LookAtFiles((StageInput.Files)input);
        }
        catch (StorageException unusable)
        {
            return new InputFinding.Missing(unusable.Message);
        }
    }

    private InputFinding LookAtFile(StageInput.File input)
    {
        var path = Path.GetFullPath(input.Path, root);
        return hasher.HashOf(path) is { } hash
            ? new InputFinding.Known(InputContent.OfFile(input.Name, path, hash))
            : new InputFinding.Missing($"{input.Path}: there is no such file. Create it, or correct the path");
    }

    private InputFinding LookAtFiles(StageInput.Files input)
    {
        var path = Path.GetFullPath(input.Folder, root);
        return hasher.TreeOf(path, new Glob(input.Pattern), out var unusable) is { } tree
            ? new InputFinding.Known(InputContent.OfFiles(input.Name, path, tree, unusable))
            : new InputFinding.Missing($"{input.Folder}: there is no such folder. Create it, or correct the path");
    }

    /// <summary>Inputs of several stages may be the same files under different names.</summary>
    private sealed class SamePlace : IEqualityComparer<StageInput>
    {
        public static readonly SamePlace Instance = new();

        public bool Equals(StageInput? x, StageInput? y) => Nameless(x!).Equals(Nameless(y!));

        public int GetHashCode(StageInput input) => Nameless(input).GetHashCode();

        private static StageInput Nameless(StageInput input) => input with { Name = "" };
    }
}

/// <summary>What is known of an input when a stage is decided.</summary>
internal abstract record InputFinding
{
    private InputFinding() { }

    public sealed record Known(InputContent Content) : InputFinding;

    /// <summary>A gate that has passed: nothing is read, nothing enters the key.</summary>
    public sealed record Granted : InputFinding;

    /// <summary>The producer is stale, so nobody knows yet.</summary>
    public sealed record Pending(StageId Producer) : InputFinding;

    /// <param name="What">What is not there, and what to do.</param>
    public sealed record Missing(string What) : InputFinding;
}
