using Cake.Core;

namespace Cake.Frosting.Tests;

/// <summary>Keeps what the host prints.</summary>
public sealed class RecordingConsole : IConsole
{
    private readonly StringWriter _text = new();

    public TextWriter Writer => _text;

    public string Text => _text.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => _text.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => _text.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => WriteLine(format, arg);

    public void ResetColor()
    {
    }
}
