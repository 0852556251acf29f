using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Puts the task classes and lifetimes of the container into Cake's engine.</summary>
internal static class EngineSetup
{
    public static void Configure(IServiceProvider provider)
    {
        var engine = provider.GetRequiredService<ICakeEngine>();
        var context = provider.GetRequiredService<IFrostingContext>();
        foreach (var task in provider.GetServices<IFrostingTask>())
            AddTask(engine, task, context);
        AddLifetimes(engine, provider, context);
    }

    private static void AddTask(ICakeEngine engine, IFrostingTask task, IFrostingContext context)
    {
        var shape = new TaskShape(task.GetType());
        if (!shape.ContextType.IsInstanceOfType(context))
        {
            context.Log.Warning("Task cannot be used since the context isn't convertible to {0}.", shape.ContextType.FullName);
            return;
        }
        var builder = engine.RegisterTask(shape.Name);
        if (shape.Description is { Length: > 0 } description)
            builder.Description(description);
        AddActions(builder, task, shape, context);
        foreach (var name in shape.DependencyNames())
            builder.IsDependentOn(name);
        foreach (var name in shape.DependeeNames())
            builder.IsDependeeOf(name);
    }

    /// <summary>Only what the class overrides is given to the engine: a task without a Run is shown as a mere group.</summary>
    private static void AddActions(CakeTaskBuilder builder, IFrostingTask task, TaskShape shape, IFrostingContext context)
    {
        if (shape.Overrides("Run") || shape.Overrides("RunAsync"))
            builder.Does(task.RunAsync);
        if (shape.Overrides("ShouldRun"))
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        if (shape.ContinuesOnError)
            builder.ContinueOnError();
        if (shape.Overrides("OnError"))
            builder.OnError(exception => task.OnError(exception, context));
        if (shape.Overrides("Finally"))
            builder.Finally(() => task.Finally(context));
    }

    private static void AddLifetimes(ICakeEngine engine, IServiceProvider provider, IFrostingContext context)
    {
        if (provider.GetService<IFrostingSetup>() is { } setup)
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (provider.GetService<IFrostingTeardown>() is { } teardown)
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        if (provider.GetService<IFrostingTaskSetup>() is { } taskSetup)
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        if (provider.GetService<IFrostingTaskTeardown>() is { } taskTeardown)
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
    }
}
