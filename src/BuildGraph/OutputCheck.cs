namespace Tmrvc.BuildGraph;

/// <summary>Compares what a stage left with what it declared.</summary>
internal static class OutputCheck
{
    /// <exception cref="StageFailure">Lists every missing and every undeclared output.</exception>
    public static void Require(Stage stage, string folder)
    {
        var found = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).ToHashSet();
        string[] mistakes =
        [
            .. stage.Outputs.Where(name => !found.Contains(name))
                .Select(name => $"output '{name}' is declared but was not written"),
            .. found.Except(stage.Outputs).Order(StringComparer.Ordinal)
                .Select(name => $"'{name}' was written but is not declared"),
        ];
        if (mistakes.Length > 0)
            throw new StageFailure(stage.Id, string.Join("; ", mistakes) + ".");
    }
}
