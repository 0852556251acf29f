using Tmrvc.Configuration;

namespace Tmrvc.BuildGraph;

/// <summary>Finds every mistake in a set of stages. Looks at declarations only, never at files.</summary>
internal static class GraphValidation
{
    public static IReadOnlyList<string> Mistakes(IReadOnlyList<Stage> stages)
    {
        var byId = new Dictionary<StageId, Stage>();
        foreach (var stage in stages)
            byId.TryAdd(stage.Id, stage);
        return
        [
            .. Duplicates(stages.Select(stage => stage.Id.Value)).Select(id => $"Stage {id}: declared more than once."),
            .. stages.SelectMany(stage => Local(stage).Concat(Links(stage, byId)).Select(mistake => $"Stage {stage.Id}: {mistake}")),
            .. GraphCycles.Find(byId).Select(path => $"Dependency cycle: {string.Join(" → ", path)}."),
        ];
    }

    private static IEnumerable<string> Local(Stage stage) =>
    [
        .. Duplicates(stage.Inputs.Select(input => input.Name)).Select(name => $"input '{name}' is declared more than once."),
        .. Duplicates(stage.Outputs).Select(name => $"output '{name}' is declared more than once."),
        .. stage.Outputs.Where(name => !IsFileName(name)).Select(name => $"output '{name}' is not a plain file or folder name."),
        .. stage.Outputs.Count == 0 ? ["declares no output; at least one is needed."] : Array.Empty<string>(),
        .. stage is PerItemStage items ? ItemsMistakes(items) : [],
        .. SettingsMistakes(stage.Settings),
    ];

    private static IEnumerable<string> ItemsMistakes(PerItemStage stage)
    {
        var items = stage.Inputs.FirstOrDefault(input => input.Name == stage.Items);
        if (items is null)
            yield return $"its items are input '{stage.Items}', which it does not declare.";
        else if (items is not (StageInput.Files or StageInput.Output))
            yield return $"its items are input '{stage.Items}', a {items.GetType().Name}; Files or Output are allowed.";
        if (stage.Workers < 1)
            yield return $"{stage.Workers} workers; at least 1 is needed.";
    }

    private static IEnumerable<string> SettingsMistakes(object? settings)
    {
        if (settings is null)
            return [];
        try
        {
            SettingsManifest.Write(settings, "settings", new HashingSink(""));
        }
        catch (NotSupportedException uncanonical)
        {
            return [uncanonical.Message];
        }
        return settings is IValidated validated
            ? validated.Mistakes().Select(mistake => $"setting {mistake.Property}: {mistake.Message}")
            : [];
    }

    private static IEnumerable<string> Links(Stage stage, Dictionary<StageId, Stage> byId)
    {
        foreach (var input in stage.Inputs)
            switch (input)
            {
                case StageInput.Output { Stage: var producer } when !byId.ContainsKey(producer):
                    yield return $"input '{input.Name}' comes from stage {producer}, which does not exist.";
                    break;
                case StageInput.Output(_, var producer, var output) when !byId[producer].Outputs.Contains(output):
                    yield return
                        $"input '{input.Name}' is output '{output}' of stage {producer}, which leaves only {Listed(byId[producer].Outputs)}.";
                    break;
                case StageInput.Passed(_, var gate) when !byId.ContainsKey(gate):
                    yield return $"input '{input.Name}' requires gate {gate}, which does not exist.";
                    break;
                case StageInput.Passed(_, var gate) when byId[gate] is not GateStage:
                    yield return $"input '{input.Name}' requires gate {gate}, which is not a gate.";
                    break;
            }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static IEnumerable<string> Duplicates(IEnumerable<string> names) =>
        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <summary>Outputs become folder entries on every system: no separators, no device names' colons, no leading dot.</summary>
    internal static bool IsFileName(string name) =>
        name.Length is > 0 and <= 100 && name[0] != '.' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
