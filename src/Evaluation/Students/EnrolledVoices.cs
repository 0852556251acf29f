using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Streaming;

namespace Tmrvc.Evaluation;

/// <summary>A voice as the product knows it.</summary>
/// <param name="Range">Null where its recordings hold too little voiced speech.</param>
internal sealed record EnrolledVoice(SpeakerProfile Profile, PitchRange? Range);

/// <summary>The voices of an evaluation, enrolled from recordings of the training through the exported speaker encoder.</summary>
internal sealed class EnrolledVoices(EvaluationBench bench, ModelFolder models, Constants constants, int recordings)
{
    private readonly Dictionary<int, EnrolledVoice> _voices = bench.Plan.Speakers.Concat(bench.Plan.Unheard)
        .ToDictionary(speaker => speaker, speaker => Enrolled(bench, models, constants, speaker, recordings));

    public EnrolledVoice Of(int speaker) => _voices[speaker];

    /// <summary>F0 of an utterance as its features tell it, moved to the range of a voice as the stream moves it.</summary>
    public float[] F0(int utterance, EnrolledVoice target)
    {
        var f0 = bench.Conversion.Same(utterance).F0;
        return Of(bench.Shards.SpeakerOf(utterance)).Range is { } own && target.Range is { } range
            ? Array.ConvertAll(f0, hertz => hertz > 0 ? (float)own.Moved(hertz, range) : 0)
            : f0;
    }

    private static EnrolledVoice Enrolled(EvaluationBench bench, ModelFolder models, Constants constants, int speaker, int recordings)
    {
        using var enrolment = new SpeakerEnrolment(models, constants);
        var holding = bench.Plan.Known(speaker, recordings).Count(utterance => Holds(enrolment, bench.FileOf(utterance)));
        if (holding == 0)
            throw new InvalidDataException($"{bench.Shards.Speakers[speaker]}: no recording of the training holds a voice; lower evaluation.shortest_sample or add speech.");
        var profile = enrolment.Profile(bench.Shards.Speakers[speaker]);
        return new EnrolledVoice(profile, profile.PitchRange());
    }

    private static bool Holds(SpeakerEnrolment enrolment, string path)
    {
        try
        {
            enrolment.Add(path);
            return true;
        }
        catch (UnreadableAudioException)
        {
            return false;
        }
    }
}
