using Microsoft.Win32.SafeHandles;

namespace Tmrvc.Corpora;

/// <summary>
/// A file under way, <c>&lt;name&gt;.partial</c>, with its journal <c>&lt;name&gt;.partial.parts</c>; both outlive the process.
/// </summary>
internal sealed class PartialFile(string finished)
{
    internal string Path => finished + ".partial";

    private string JournalPath => Path + ".parts";

    /// <summary>Bytes that need not be brought again.</summary>
    internal long BytesDone => Known()?.BytesDone ?? 0;

    /// <returns>The journal of the content under way; null when nothing of use is here.</returns>
    internal PartJournal? Known() =>
        PartJournal.Read(JournalPath) is { } journal && File.Exists(Path) && new FileInfo(Path).Length == journal.Version.Length ? journal : null;

    /// <summary>Begins anew, with the whole length taken from the device at once.</summary>
    internal PartJournal Begin(Uri address, RemoteVersion version, long partLength)
    {
        Discard();
        using (var file = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.Write, preallocationSize: version.Length))
            RandomAccess.SetLength(file, version.Length);
        return PartJournal.Create(JournalPath, address, version, partLength);
    }

    internal SafeFileHandle Open() =>
        File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, FileOptions.Asynchronous);

    /// <summary>Begins anew without parts; what a kill leaves of it is of no use.</summary>
    internal FileStream Create()
    {
        Discard();
        return new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
    }

    /// <summary>Gives the file its name, replacing another.</summary>
    internal void Finish()
    {
        File.Move(Path, finished, overwrite: true);
        File.Delete(JournalPath);
    }

    internal void Discard()
    {
        File.Delete(JournalPath);
        File.Delete(Path);
    }
}
