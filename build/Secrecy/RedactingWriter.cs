using System.Text;

namespace Tmrvc.Build.Secrecy;

/// <summary>Passes whole lines on without secrets. What is not yet a line waits for its end or for <see cref="Flush"/>. Safe for several threads.</summary>
internal sealed class RedactingWriter(TextWriter destination, KnownSecrets secrets) : TextWriter
{
    /// <summary>The destination itself when there is nothing to hide.</summary>
    public static TextWriter Around(TextWriter destination, KnownSecrets secrets) =>
        secrets.IsEmpty ? destination : new RedactingWriter(destination, secrets);

    private readonly StringBuilder _line = new();
    private readonly Lock _turn = new();

    public override Encoding Encoding => destination.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(new string(buffer));

    public override void Write(string? value)
    {
        lock (_turn)
        {
            _line.Append(value);
            if (value?.Contains('\n') == true)
                PassOn(_line.ToString().LastIndexOf('\n') + 1);
        }
    }

    public override void WriteLine(string? value) => Write(value + '\n');

    public override void Flush()
    {
        lock (_turn)
            PassOn(_line.Length);
        destination.Flush();
    }

    private void PassOn(int length)
    {
        destination.Write(secrets.Redact(_line.ToString(0, length)));
        _line.Remove(0, length);
    }
}
