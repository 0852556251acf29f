using Cake.Cli;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>One run of the host: options, container, engine, in that order.</summary>
internal static class HostRun
{
    private const int Failed = -1;

    public static int Execute(IServiceCollection services, IReadOnlyList<string> words)
    {
        ServiceProvider? provider = null;
        try
        {
            var options = HostOptions.Parse(words);
            services.AddSingleton<ICakeArguments>(options.ToCakeArguments());
            provider = services.BuildServiceProvider();
            Execute(provider, options);
            return 0;
        }
        catch (Exception fault)
        {
            provider ??= services.BuildServiceProvider();
            provider.GetService<ICakeLog>().LogException(fault);
            return Failed;
        }
        finally
        {
            provider?.Dispose();
        }
    }

    private static void Execute(ServiceProvider provider, HostOptions options)
    {
        var console = provider.GetRequiredService<IConsole>();
        switch (options.Action)
        {
            case HostAction.ShowHelp: console.WriteLine("{0}", HostHelp.Text); break;
            case HostAction.ShowVersion: provider.GetRequiredService<VersionFeature>().Run(console); break;
            case HostAction.ShowInfo: provider.GetRequiredService<InfoFeature>().Run(console); break;
            default: RunTargets(provider, options); break;
        }
    }

    private static void RunTargets(ServiceProvider provider, HostOptions options)
    {
        provider.GetRequiredService<ICakeLog>().Verbosity = options.Verbosity;
        EnterWorkingDirectory(provider, options);
        var host = HostOf(provider, options.Action);
        EngineSetup.Configure(provider);
        if (options.Exclusive)
            host.Settings.UseExclusiveTarget();
        host.RunTargets(options.Targets);
    }

    private static void EnterWorkingDirectory(ServiceProvider provider, HostOptions options)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        var asked = options.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path ?? environment.WorkingDirectory;
        var directory = asked.MakeAbsolute(environment);
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        environment.WorkingDirectory = directory;
    }

    private static ScriptHost HostOf(ServiceProvider provider, HostAction action) => action switch
    {
        HostAction.DryRun => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        HostAction.ShowTree => provider.GetRequiredService<TreeScriptHost>(),
        HostAction.Describe => provider.GetRequiredService<DescriptionScriptHost>(),
        _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };
}
