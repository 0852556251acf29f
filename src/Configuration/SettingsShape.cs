using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tmrvc.Configuration;

/// <summary>What a settings record looks like in YAML: its keys, and which of them must be there.</summary>
internal sealed class SettingsShape
{
    private static readonly ConcurrentDictionary<Type, SettingsShape> Cache = new();

    private SettingsShape(Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null)
            throw new ArgumentException($"Settings record {type.Name}: a constructor without parameters and init properties are expected.");
        Type = type;
        Properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .ToDictionary(property => SnakeCase.Of(property.Name));
        Required = [.. Properties.Where(named => named.Value.IsDefined(typeof(RequiredMemberAttribute))).Select(named => named.Key)];
    }

    public Type Type { get; }

    public IReadOnlyDictionary<string, PropertyInfo> Properties { get; }

    public IReadOnlyList<string> Required { get; }

    public static SettingsShape Of(Type type) => Cache.GetOrAdd(type, static type => new SettingsShape(type));

    /// <summary>An instance with the record's defaults.</summary>
    public object New() => Activator.CreateInstance(Type)!;

    /// <summary>Another instance with the same values; <paramref name="record"/> may be shared.</summary>
    public object Copy(object record)
    {
        var copy = New();
        foreach (var property in Properties.Values)
            property.SetValue(copy, property.GetValue(record));
        return copy;
    }

    public static bool AllowsNull(PropertyInfo property) =>
        !property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable
        || Nullable.GetUnderlyingType(property.PropertyType) is not null;
}
