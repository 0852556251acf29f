namespace Tmrvc.Build.Services;

/// <summary>The target is of no use without a cache; asked for without one, it is refused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsCacheAttribute : Attribute;

/// <summary>The target deletes: it takes <c>--grace</c> and <c>--delay</c>, and under <c>--dryrun</c> lists what it would delete.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DeletesAttribute : Attribute;
