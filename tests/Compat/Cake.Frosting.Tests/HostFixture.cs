using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Tests;

/// <summary>What happened, in order; tasks and lifetimes write into it.</summary>
public sealed class Journal
{
    public List<string> Entries { get; } = [];

    public void Add(string entry) => Entries.Add(entry);
}

/// <summary>A host with chosen tasks, a journal and a console that can be read.</summary>
internal sealed class HostFixture
{
    public HostFixture(params Type[] tasks) => Host.ConfigureServices(services =>
    {
        services.AddSingleton(Journal);
        services.AddSingleton<Core.IConsole>(Console);
        services.AddSingleton(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Writer) }));
        foreach (var task in tasks)
            services.AddSingleton(typeof(IFrostingTask), task);
    });

    public CakeHost Host { get; } = new();

    public Journal Journal { get; } = new();

    public RecordingConsole Console { get; } = new();

    public int Run(params string[] arguments) => Host.Run(arguments);
}
