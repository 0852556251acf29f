using System.Globalization;

namespace Tmrvc.Support;

/// <summary>A file as a server has it at the moment.</summary>
/// <param name="Version">1 for its first content.</param>
internal sealed record ServedFile(string Path, int Version)
{
    internal long Length => new FileInfo(Path).Length;

    internal string Tag => $"\"version-{Version}\"";

    internal string Modified => new DateTimeOffset(2020, 1, 1, 0, Version, 0, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);
}
