using Tmrvc.Models;
using Tmrvc.Support;
using Tmrvc.Training;

namespace Tmrvc.Export.Tests;

/// <summary>A student that is narrow and has the real chains of blocks, as networks and as files.</summary>
internal static class SmallStudent
{
    public static StudentArchitecture Architecture => SmallArchitecture.Student;

    public static Dictionary<string, byte[]> Models(StudentNetworks student) =>
        ExportedStudent.Of(student, Statistics(student.Architecture.Mels)).ToDictionary(model => model.Contract.Name, model => model.Bytes());

    public static MelStatistics Statistics(int bands) => new(
        -9, [.. Enumerable.Range(0, bands).Select(band => -4 + 0.02f * band)], [.. Enumerable.Range(0, bands).Select(band => 2 + 0.01f * band)], 1000);
}
