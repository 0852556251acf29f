namespace Tmrvc.BuildGraph;

/// <summary>What a stage reads. <paramref name="Name"/> is how its code asks for it: <see cref="StageRun.Input"/>.</summary>
public abstract record StageInput(string Name)
{
    /// <summary>One file below the repository root, by content.</summary>
    public sealed record File(string Name, string Path) : StageInput(Name);

    /// <summary>The files of a folder (absolute, or relative to the repository root) that match a glob such as <c>**/*.wav</c>, by relative path and content.</summary>
    public sealed record Files(string Name, string Folder, string Pattern) : StageInput(Name);

    /// <summary>One output of another stage, by content.</summary>
    public sealed record Output(string Name, StageId Stage, string OutputName) : StageInput(Name);

    /// <summary>A gate that must have passed before this stage may run; nothing is read.</summary>
    public sealed record Passed(string Name, StageId Gate) : StageInput(Name);

    /// <summary>A tool or library whose version changes the result.</summary>
    public sealed record Tool(string Name, string Version) : StageInput(Name);
}
