namespace Tmrvc.Build.Services;

/// <summary>The target is of no use without a cache; asked for without one, it is refused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsCacheAttribute : Attribute;

/// <summary>The target takes <c>--input</c>, <c>--output</c> and <c>--models</c>, and writes a file that is no artifact.</summary>
/// <param name="written">Extension of the file.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesAudioAttribute(string written) : Attribute
{
    public string Written { get; } = written;

    /// <summary>Whether it says one input in the voice of <c>--speaker</c>, and takes <c>--int8</c> and <c>--hq</c>.</summary>
    public bool Converts { get; init; }
}

/// <summary>The target deletes: it takes <c>--grace</c> and <c>--delay</c>, and under <c>--dryrun</c> lists what it would delete.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DeletesAttribute : Attribute;
