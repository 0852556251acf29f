using System.Globalization;
using System.Text;

namespace Tmrvc.Corpora;

/// <summary>
/// Which parts of a partial file are complete: a text file beside it that only grows. A line that a kill cut short has no line end
/// and does not count.
/// </summary>
internal sealed class PartJournal
{
    private const string FirstLine = "parts 1";
    private const int HeaderLines = 5;

    private readonly string _path;
    private readonly bool[] _done;

    private PartJournal(string path, Uri address, RemoteVersion version, long partLength)
    {
        (_path, Address, Version, PartLength) = (path, address, version, partLength);
        _done = new bool[(version.Length + partLength - 1) / partLength];
    }

    internal Uri Address { get; }

    internal RemoteVersion Version { get; }

    internal long PartLength { get; }

    internal IEnumerable<int> Missing => Enumerable.Range(0, _done.Length).Where(part => !_done[part]);

    internal bool IsComplete => Array.TrueForAll(_done, done => done);

    internal long BytesDone => Enumerable.Range(0, _done.Length).Where(part => _done[part]).Sum(part => EndOf(part) - StartOf(part));

    internal long StartOf(int part) => part * PartLength;

    /// <summary>Behind the part's last byte.</summary>
    internal long EndOf(int part) => Math.Min((part + 1) * PartLength, Version.Length);

    internal static PartJournal Create(string path, Uri address, RemoteVersion version, long partLength)
    {
        var journal = new PartJournal(path, address, version, partLength);
        journal.WriteAll();
        return journal;
    }

    /// <returns>Null when there is none, or none that makes sense.</returns>
    internal static PartJournal? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path, Encoding.UTF8);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n');
        if (lines.Length <= HeaderLines || lines[0] != FirstLine || !Uri.TryCreate(lines[1], UriKind.Absolute, out var address)
            || Number(lines[2].Split(' ')[0]) is not (> 0 and var length) || Number(lines[2].Split(' ')[^1]) is not (> 0 and var partLength))
            return null;
        var journal = new PartJournal(path, address, new RemoteVersion(length, lines[3], lines[4]), partLength);
        foreach (var part in lines[HeaderLines..].Select(Number))
            if (part >= 0 && part < journal._done.Length)
                journal._done[part.Value] = true;
        return journal;
    }

    /// <summary>The same parts, from now on of another address that gives the same content.</summary>
    internal PartJournal MovedTo(Uri address, RemoteVersion version)
    {
        var journal = new PartJournal(_path, address, version, PartLength);
        _done.CopyTo(journal._done, 0);
        journal.WriteAll();
        return journal;
    }

    /// <summary>The part's bytes must be on the device before.</summary>
    internal void Complete(int part)
    {
        lock (_done)
        {
            File.AppendAllText(_path, part.ToString(CultureInfo.InvariantCulture) + "\n");
            _done[part] = true;
        }
    }

    private void WriteAll()
    {
        string[] header =
        [
            FirstLine, Address.AbsoluteUri, FormattableString.Invariant($"{Version.Length} {PartLength}"), Version.Tag, Version.Modified,
        ];
        var parts = Enumerable.Range(0, _done.Length).Where(part => _done[part]).Select(part => part.ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(_path + ".new", string.Concat(header.Concat(parts).Select(line => line + "\n")));
        File.Move(_path + ".new", _path, overwrite: true);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
