namespace Tmrvc.ArtifactStore;

/// <summary>A file or folder of the store, or one that was to be read, cannot be used. The message names it and says what to do.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, Exception? cause = null) : base(message, cause) { }

    /// <summary>Says in words what the system's error means for the folder.</summary>
    public static StorageException About(string folder, Exception cause) => new(Describe(folder, cause), cause);

    /// <summary>Whether the exception comes from the file system.</summary>
    public static bool Concerns(Exception exception) => exception is IOException or UnauthorizedAccessException || IsTooLarge(exception);

    private static string Describe(string folder, Exception cause) => Errno(cause) switch
    {
        Errors.NoSpace or Errors.Quota =>
            $"{folder}: no space left on the device. Free some, or point artifacts elsewhere; what was finished is kept.",
        Errors.ReadOnly => $"{folder}: the file system is read-only. Remount it for writing, or point artifacts elsewhere.",
        _ when IsTooLarge(cause) =>
            $"{folder}: a file grew beyond what the file system or the user's limit allows. "
            + "Raise the limit (ulimit -f), or point artifacts elsewhere.",
        _ when cause is UnauthorizedAccessException => $"{folder}: not permitted ({cause.Message}). Give this user write access to it.",
        _ => $"{folder}: {cause.Message}",
    };

    // .NET has no IOException for EFBIG, and nothing but these words sets its exception apart.
    private static bool IsTooLarge(Exception cause) => cause is ArgumentOutOfRangeException &&
        cause.Message.StartsWith("Specified file length was too large for the file system", StringComparison.Ordinal);

    // .NET puts the raw errno into HResult on Unix, and 0x8007xxxx on Windows.
    private static int Errno(Exception cause) => cause.HResult switch
    {
        unchecked((int)0x80070070) => Errors.NoSpace,
        unchecked((int)0x80070013) => Errors.ReadOnly,
        var other => other,
    };
}

/// <summary>Linux error numbers that the store tells apart.</summary>
internal static class Errors
{
    public const int NotPermitted = 1, Exists = 17, CrossDevice = 18, NoSpace = 28, ReadOnly = 30, TooManyLinks = 31, Quota = 122;
}
