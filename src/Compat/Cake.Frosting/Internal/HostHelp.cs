namespace Cake.Frosting.Internal;

internal static class HostHelp
{
    public const string Text = """
        OPTIONS:
            -t, --target <TARGET>          Target task to run; may be given more than once (Default)
            -w, --working <PATH>           Working directory
            -v, --verbosity <VERBOSITY>    Quiet, Minimal, Normal, Verbose or Diagnostic (Normal)
            -e, --exclusive                Run the target without its dependencies
                --dryrun                   Name the tasks in order; run none
                --tree                     Show the tasks as a tree
                --description              Show the tasks with their descriptions
                --version                  Show the version
                --info                     Show more about Cake
            -h, --help                     Show this text
        """;
}
