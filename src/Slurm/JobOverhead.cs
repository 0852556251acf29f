using Tmrvc.BuildGraph;

namespace Tmrvc.Slurm;

/// <summary>What it cost that a stage ran as a job, by the clocks of front end and node.</summary>
/// <param name="ToStart">From the submission until its program reported; waiting for a free node is part of it.</param>
/// <param name="ToWork">From there until the stage began: reading the configuration, deciding, taking the lease.</param>
/// <param name="ToNotice">From its last word until the front end had read it.</param>
public sealed record JobOverhead(StageId Stage, TimeSpan ToStart, TimeSpan ToWork, TimeSpan ToNotice);
