using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>The fields of a module class, its bases' included, that may hold components; the class's own come first.</summary>
internal static class ComponentFields
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Known = new();

    public static FieldInfo[] Of(Type type) => Known.GetOrAdd(type, Find);

    public static string NameOf(FieldInfo field) => field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;

    private static FieldInfo[] Find(Type type)
    {
        var fields = new List<FieldInfo>();
        for (Type? level = type; level is not null && level != typeof(torch.nn.Module); level = level.BaseType)
        {
            fields.AddRange(level.GetFields(Own).Where(MayHoldComponent));
        }
        return [.. fields];
    }

    private static bool MayHoldComponent(FieldInfo field) =>
        typeof(torch.nn.Module).IsAssignableFrom(field.FieldType) || typeof(torch.Tensor).IsAssignableFrom(field.FieldType)
        || field.FieldType.IsAssignableFrom(typeof(torch.nn.Module)) || field.FieldType.IsInterface;
}
