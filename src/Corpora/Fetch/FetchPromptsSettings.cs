using Tmrvc.Configuration;

namespace Tmrvc.Corpora;

/// <summary>Where the embedded corpus comes from: configs/datasets.yaml.</summary>
public sealed record FetchPromptsSettings : IValidated
{
    public IReadOnlyList<DebianPackage> Packages { get; init; } = [];

    public TransferSettings Transfer { get; init; } = new();

    public IEnumerable<(string Property, string Message)> Mistakes()
    {
        if (Packages.Count == 0)
            yield return ("packages", "is empty, one package or more is needed");
        foreach (var twice in Packages.GroupBy(package => package.Name).Where(group => group.Count() > 1))
            yield return ("packages", $"'{twice.Key}' is listed {twice.Count()} times, once is allowed");
    }
}
