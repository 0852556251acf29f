using System.Text.RegularExpressions;
using Tmrvc.Audio;

namespace Tmrvc.Features;

/// <summary>
/// The Aachen Impulse Response database 1.4 (Jeub et al. 2009): <c>AIR_1_4/air_binaural_lecture_0_1_1.mat</c>, MATLAB files of
/// <c>h_air</c> (one channel) and <c>air_info</c>.
/// </summary>
/// <remarks>
/// The places <c>stairway</c>, <c>stairway1</c>, <c>stairway2</c> count as one room, as do <c>lecture</c> and <c>lecture1</c>.
/// </remarks>
internal sealed partial class AirLayout : IResponseLayout
{
    public bool IsResponse(string relativePath) => ResponseName().IsMatch(relativePath);

    public MeasuredResponse Read(string path, string relativePath)
    {
        using var file = MatlabFile.Open(path);
        var samples = file.Vector("h_air");
        if (!file.Fields("air_info", "fs").Numbers.TryGetValue("fs", out var rate) || rate is not (>= 8000 and <= 192000) || rate % 1 != 0)
            throw new UnreadableAudioException(
                path, $"air_info.fs is {(rate == 0 ? "missing" : $"{rate}")}, a rate of 8000 to 192000 Hz is allowed");
        if (!samples.All(double.IsFinite))
            throw new UnreadableAudioException(path, "h_air holds values that are no numbers");
        var room = ResponseName().Match(relativePath).Groups["room"].Value;
        return new MeasuredResponse(room, new AudioBuffer(Array.ConvertAll(samples, value => (float)value), (int)rate));
    }

    // air_binaural_aula_carolina_1_1_1_90_3.mat, air_phone_BT_corridor_hfrp.mat, air_phone_lecture1_hhp_2.mat
    [GeneratedRegex(@"(^|/)air_(binaural|phone)(_BT)?_(?<room>[a-z]+(_[a-z]{5,})*)\d*(_[^/]*)?\.mat$")]
    private static partial Regex ResponseName();
}
