using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tmrvc.Configuration;

namespace Tmrvc.BuildGraph;

/// <summary>A property that can be set, and so is a setting and not derived from others.</summary>
/// <param name="Name">As in YAML.</param>
internal sealed record Setting(string Name, PropertyInfo Property)
{
    public object? Get(object record) => Property.GetValue(record);
}

/// <summary>Values that a record has when nobody gives any.</summary>
/// <param name="record">Null when no value is known.</param>
/// <param name="without">Properties that have no default.</param>
internal sealed class Defaults(object? record, IReadOnlySet<string>? without = null)
{
    public bool TryGet(Setting setting, out object? value)
    {
        var has = record is not null && without?.Contains(setting.Property.Name) != true;
        value = has ? setting.Get(record!) : null;
        return has;
    }
}

/// <summary>What reflection tells about a settings record, found once per type.</summary>
internal sealed class SettingsType
{
    private static readonly ConcurrentDictionary<Type, SettingsType> Known = new();

    private SettingsType(Type type)
    {
        Properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(IsSignificant)
                .Select(property => new Setting(SnakeCase.Of(property.Name), property))
                .OrderBy(setting => setting.Name, StringComparer.Ordinal),
        ];
        Defaults = FindDefaults(type);
    }

    /// <summary>Significant ones, sorted by name.</summary>
    public IReadOnlyList<Setting> Properties { get; }

    public Defaults Defaults { get; }

    public static SettingsType Of(Type type) => Known.GetOrAdd(type, found => new SettingsType(found));

    /// <summary>Whether the type is taken apart into properties.</summary>
    public static bool IsRecord(Type type) =>
        !type.IsPrimitive && !typeof(Delegate).IsAssignableFrom(type) &&
        type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true;

    private static bool IsSignificant(PropertyInfo property) =>
        property.CanRead && property.GetIndexParameters().Length == 0 && IsGiven(property) &&
        !property.IsDefined(typeof(RuntimeOnlyAttribute)) && !property.IsDefined(typeof(CosmeticAttribute));

    /// <summary>Whether the value comes from outside, by a setter or a constructor's parameter of the same name.</summary>
    private static bool IsGiven(PropertyInfo property) => property.SetMethod?.IsPublic == true ||
        property.DeclaringType!.GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => parameter.Name == property.Name);

    private static Defaults FindDefaults(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (type.IsValueType || constructor is null)
            return new Defaults(type.IsValueType ? Activator.CreateInstance(type) : null);
        var required = type.GetProperties()
            .Where(property => property.IsDefined(typeof(RequiredMemberAttribute)))
            .Select(property => property.Name);
        var without = constructor.GetParameters()
            .Where(parameter => !parameter.HasDefaultValue)
            .Select(parameter => parameter.Name!)
            .Concat(required);
        return new Defaults(Blank(constructor), without.ToHashSet());
    }

    /// <summary>A record made of its parameters' defaults; null when its constructor accepts no blanks.</summary>
    private static object? Blank(ConstructorInfo constructor)
    {
        try
        {
            return constructor.Invoke(
                [.. constructor.GetParameters().Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null)]);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
