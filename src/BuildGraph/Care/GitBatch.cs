using System.Globalization;
using System.Text;

namespace Tmrvc.BuildGraph;

/// <summary>Reads what <c>git cat-file --batch</c> writes: <c>ID TYPE SIZE\n</c>, the content, <c>\n</c>, for each object.</summary>
internal static class GitBatch
{
    /// <exception cref="GitException">An object is missing, or the stream is not as git writes it.</exception>
    public static IEnumerable<string> Contents(byte[] stream)
    {
        for (var position = 0; position < stream.Length;)
        {
            var end = stream.AsSpan(position).IndexOf((byte)'\n');
            var header = Encoding.ASCII.GetString(stream, position, Math.Max(0, end)).Split(' ');
            if (header.Length != 3 || !int.TryParse(header[2], CultureInfo.InvariantCulture, out var size) || position + end + 1 + size >= stream.Length)
                throw new GitException($"git cat-file: '{string.Join(' ', header)}' found where an object was expected.");
            yield return Encoding.UTF8.GetString(stream, position + end + 1, size);
            position += end + 1 + size + 1;
        }
    }
}
