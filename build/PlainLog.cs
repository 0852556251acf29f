using System.Globalization;
using Cake.Core.Diagnostics;

namespace Tmrvc.Build;

/// <summary>
/// Cake's log as plain lines: warnings and errors to the error stream, the rest to the output, no colours. Its errors only repeat
/// what <see cref="TaskFaults"/> tells, so they are for diagnosis.
/// </summary>
public sealed class PlainLog(Workplace workplace) : ICakeLog
{
    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        if (verbosity > Verbosity || (level <= LogLevel.Error && Verbosity < Verbosity.Diagnostic))
            return;
        var stream = level <= LogLevel.Warning ? workplace.Errors : workplace.Output;
        stream.WriteLine(string.Format(CultureInfo.InvariantCulture, format, args));
    }
}
