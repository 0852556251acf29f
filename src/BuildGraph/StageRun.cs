using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>What a running stage sees of the world: its inputs as paths, a private folder for outputs, metrics, progress.</summary>
public abstract class StageRun
{
    public abstract StageId Stage { get; }

    /// <summary>Absolute path of a file or folder input. Read-only: it may be shared with the store.</summary>
    /// <exception cref="ArgumentException">The stage declares no such input.</exception>
    public abstract string Input(string name);

    /// <summary>Absolute path, in the run's private folder, where the named output is to be written; its parent exists.</summary>
    /// <exception cref="ArgumentException">The stage declares no such output.</exception>
    public abstract string Output(string name);

    /// <summary>
    /// What the output was when this checkout last ran the stage, whatever its settings were then: for outputs that come from outside
    /// and are not to change unnoticed.
    /// </summary>
    /// <returns>Null when the lock file does not name it.</returns>
    public virtual PinnedOutput? Pinned(string output) => null;

    /// <summary>An empty private folder that is deleted after the run.</summary>
    public abstract string Scratch { get; }

    /// <summary>
    /// A private folder under the stage's key for work that an interruption shall not cost. It is as the last run left it that did not
    /// finish, torn files included; it goes when the stage has finished.
    /// </summary>
    public virtual string Unfinished => Directory.CreateDirectory(Path.Combine(Scratch, RunFolders.Unfinished)).FullName;

    /// <summary>A number for the action record (seconds, steps per second, final loss): shown to people, never part of an output.</summary>
    public abstract void Metric(string name, double value);

    public abstract IProgress<StageProgress> Progress { get; }

    /// <summary>A line for people and for the stage's log.</summary>
    public abstract void Log(string message);
}

/// <summary>A training stage's run: adds the folder of checkpoints kept under the stage's key.</summary>
public abstract class TrainingRun : StageRun
{
    /// <summary>
    /// Survives the process; empty on a first run; dropped when the key changes; travels between machines. Give what is finished a
    /// plain name that sorts after those of earlier checkpoints (ordinal), and begin the names of unfinished things with a dot: they
    /// stay behind.
    /// </summary>
    public abstract string Checkpoints { get; }

    /// <summary>
    /// Where curves, pictures and sounds go that people watch: a folder that may not exist yet, the stage's key in its name. It holds
    /// times, so it is no output; it stays on this machine when the key changes, so that runs can be compared.
    /// </summary>
    public abstract string Events { get; }

    /// <summary>Among the processes that train the model together; null when this one is alone.</summary>
    public virtual RankPlace? Place => null;
}

/// <summary>A per-item stage's run when all items are done. Adds what makes a change of one item cost little.</summary>
public abstract class CombineRun : StageRun
{
    /// <summary>Gives a result's file a name below an output: by a link where there are links, and without reading it.</summary>
    /// <param name="path">Absolute; the folders above it are made.</param>
    /// <exception cref="InvalidOperationException">The path is taken.</exception>
    public abstract void Place(ItemFile file, string path);

    /// <summary>
    /// Work on the results of several items together. Its result is kept as those of items are: the work is done again only when a
    /// member's result changes, or which items are members. Safe for several threads.
    /// </summary>
    /// <param name="name">Unique within the stage.</param>
    /// <param name="members">What the work may depend on, and nothing else.</param>
    /// <param name="work">Writes result files into the empty private folder it is given.</param>
    public abstract ItemResult Group(string name, IReadOnlyList<ItemResult> members, Action<string> work);
}

/// <param name="Done">Units done, of <paramref name="Total"/>.</param>
/// <param name="Unit">What is counted: "steps", "files", "bytes".</param>
/// <param name="Detail">The latest numbers, such as <c>loss 0.412</c>; may be empty.</param>
public sealed record StageProgress(long Done, long Total, string Unit, string Detail = "");

/// <param name="Hash">Of a file, the SHA-256 of its bytes.</param>
/// <param name="LockFile">Path of the file that says so; without it nothing is pinned.</param>
public sealed record PinnedOutput(ContentHash Hash, string LockFile);
