using System.Text;

namespace Tmrvc.Build.Progress;

/// <summary>Writes whole lines above what a screen shows at its bottom. Safe for several threads.</summary>
internal sealed class ScreenWriter(TerminalScreen screen, TextWriter destination) : TextWriter
{
    private readonly StringBuilder _line = new();
    private readonly Lock _turn = new();

    public override Encoding Encoding => destination.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        lock (_turn)
        {
            _line.Append(value);
            if (value?.Contains('\n') == true)
                PassOn();
        }
    }

    public override void WriteLine(string? value) => Write(value + '\n');

    public override void Flush()
    {
        lock (_turn)
            if (_line.Length > 0)
                PassOn();
    }

    private void PassOn()
    {
        screen.WriteAbove(destination, _line.ToString());
        _line.Clear();
    }
}
