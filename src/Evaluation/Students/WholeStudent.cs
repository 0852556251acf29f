using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Models;
using Tmrvc.Training;

namespace Tmrvc.Evaluation;

/// <summary>The student as it was trained, over whole utterances, its converter seeing any number of frames ahead.</summary>
internal sealed class WholeStudent(StudentNetworks student, MelStatistics statistics, int framesAhead, EvaluationBench bench, Constants constants, EnrolledVoices voices)
    : IVoiceSystem
{
    private readonly WholeConversion _conversion = new(student, statistics, framesAhead, constants);

    public string Name => $"FP32, lookahead {framesAhead}";

    public string Note => "as it was trained, whole utterances";

    public double? LatencyMilliseconds => 1000.0 * (constants.WindowLength + framesAhead * constants.HopLength) / constants.SampleRate;

    public bool IsParallel => false;

    public SpokenVoice Speak(AskedSample asked, int? room = null)
    {
        var source = bench.Shards.SpeakerOf(asked.Utterance);
        var target = voices.Of(asked.Target ?? source);
        var samples = _conversion.Of(bench.Recording(asked.Utterance, room).Samples, target.Profile, voices.Of(source).Range);
        var broken = samples.Count(sample => !float.IsFinite(sample));
        for (var i = 0; broken > 0 && i < samples.Length; i++) samples[i] = float.IsFinite(samples[i]) ? samples[i] : 0;
        return new SpokenVoice(voices.F0(asked.Utterance, target), new AudioBuffer(samples, constants.SampleRate)) { NotFinite = broken };
    }

    public IEnumerable<double[]> HearRt60(AudioBuffer speech) => _conversion.HearRt60(speech);
}
