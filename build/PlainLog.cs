using System.Globalization;
using Cake.Core.Diagnostics;

namespace Tmrvc.Build;

/// <summary>Cake's log as plain lines: warnings and errors to the error stream, the rest to the output, no colours.</summary>
public sealed class PlainLog(Workplace workplace) : ICakeLog
{
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity > Verbosity)
            return;
        var stream = level <= LogLevel.Warning ? workplace.Errors : workplace.Output;
        stream.WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));
    }
}
