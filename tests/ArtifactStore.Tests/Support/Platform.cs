[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// Tests that share through a server wait more than they compute.
[assembly: LevelOfParallelism(6)]
