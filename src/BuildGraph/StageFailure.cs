using Tmrvc.ArtifactStore;

namespace Tmrvc.BuildGraph;

/// <summary>Why a stage failed, in words that name the stage, and the item where there is one (guarantee 12).</summary>
internal sealed class StageFailure : Exception
{
    public StageFailure(StageId stage, string found) : base($"Stage {stage}: {found}") { }

    private StageFailure(string message, Exception cause) : base(message, cause) { }

    /// <param name="folder">Where the stage was writing, for errors of the device.</param>
    public static StageFailure Of(StageId stage, Exception cause, string folder) => cause switch
    {
        StageFailure already => already,
        ItemFailure item => new StageFailure($"Stage {stage}: item {item.Item}: {Words(item.InnerException!, folder)}", item.InnerException!),
        _ => new StageFailure($"Stage {stage}: {Words(cause, folder)}", cause),
    };

    private static string Words(Exception cause, string folder) => cause switch
    {
        StorageException => cause.Message,
        FileNotFoundException or DirectoryNotFoundException => cause.Message,
        _ when StorageException.Concerns(cause) => StorageException.About(folder, cause).Message,
        _ => cause.Message,
    };
}

/// <summary>An item ended its stage.</summary>
internal sealed class ItemFailure(string item, Exception cause) : Exception(cause.Message, cause)
{
    public string Item { get; } = item;
}
