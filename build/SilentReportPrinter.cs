using Cake.Core;
using Cake.Core.Diagnostics;

namespace Tmrvc.Build;

/// <summary>Takes the place of Cake's headings and table of durations: a task only waits, so its duration is not the stage's.</summary>
public sealed class SilentReportPrinter : ICakeReportPrinter
{
    public void Write(CakeReport report)
    {
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
