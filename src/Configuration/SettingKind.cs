namespace Tmrvc.Configuration;

/// <summary>Marks a setting that says where or how work runs (device, workers, paths): it never enters a stage's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RuntimeOnlyAttribute : Attribute;

/// <summary>Marks a setting that only people read (descriptions, titles): it never enters a stage's key.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CosmeticAttribute : Attribute;

/// <summary>A settings record that can tell what is wrong with itself beyond types: ranges, combinations.</summary>
public interface IValidated
{
    /// <summary>Every mistake, each naming the property path in YAML terms, what was found and what is allowed.</summary>
    IEnumerable<(string Property, string Message)> Mistakes();
}
