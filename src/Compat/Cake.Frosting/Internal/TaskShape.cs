using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>What a task class says about itself through its attributes and overrides.</summary>
internal sealed class TaskShape(Type type)
{
    private readonly Type _base = BaseOf(type)
        ?? throw new FrostingException($"Task '{type.Name}': expected to derive from FrostingTask or AsyncFrostingTask.");

    public string Name => NameOf(type);

    public string? Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;

    public bool ContinuesOnError => type.IsDefined(typeof(ContinueOnErrorAttribute));

    /// <summary>The T of FrostingTask&lt;T&gt;.</summary>
    public Type ContextType => _base.GenericTypeArguments[0];

    /// <exception cref="FrostingException">An attribute names a class that is no task.</exception>
    public IEnumerable<string> DependencyNames() =>
        type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => TaskNameOf(attribute.Task, "dependency"));

    /// <exception cref="FrostingException">An attribute names a class that is no task.</exception>
    public IEnumerable<string> DependeeNames() =>
        type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => TaskNameOf(attribute.Task, "reverse dependency"));

    public bool Overrides(string method) => type
        .GetMember(method, MemberTypes.Method, BindingFlags.Public | BindingFlags.Instance)
        .Cast<MethodInfo>()
        .Any(found => found.GetBaseDefinition().DeclaringType == _base && found.DeclaringType != _base);

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static string TaskNameOf(Type type, string role) => typeof(IFrostingTask).IsAssignableFrom(type)
        ? NameOf(type)
        : throw new FrostingException($"The {role} '{NameOf(type)}' is not a valid task.");

    private static Type? BaseOf(Type? type)
    {
        while (type is not null && !IsTaskBase(type))
            type = type.BaseType;
        return type;
    }

    private static bool IsTaskBase(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(FrostingTask<>) || definition == typeof(AsyncFrostingTask<>));
}
