namespace Tmrvc.Build.CommandLine;

internal static class HelpText
{
    public static IEnumerable<string> Lines(TaskCatalog tasks) =>
    [
        "./build.sh [OPTION…]",
        "",
        "Options:",
        .. OptionTable.Options.Select(option => $"  {Written(option),-22} {option.Meaning}"),
        $"  {"--no-install",-22} only check that this machine has what is needed (build.sh)",
        $"  {"--packages=SET",-22} feed or official (build.sh; see docs/architecture.md)",
        "",
        "Targets:",
        .. tasks.All.Select(task => $"  {task.Name,-22} {task.Description}"),
    ];

    private static string Written(Option option) => option.Value switch
    {
        null => $"--{option.Name}",
        ['[', .. var optional, ']'] => $"--{option.Name}[={optional}]",
        var value => $"--{option.Name}={value}",
    };
}
