using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>
/// How systems do in rooms that nobody trained in. The teacher is told of a room; a stream has nothing but the source's recording in it.
/// </summary>
/// <param name="parallel">Says several at the same time where the system can.</param>
internal sealed class SystemsInRooms(EvaluationBench bench, RoomTrials trials, Func<IVoiceSystem, IEnumerable<(AskedSample, int?)>, IReadOnlyList<SpokenVoice>> parallel)
{
    private readonly IReadOnlyList<(AudioBuffer Speech, int Room)> _recordings = [.. trials.Recordings()];

    /// <summary>What a system's figures are to be compared with.</summary>
    public IEnumerable<Figure> References() =>
    [
        .. bench.Voices is null ? [] : trials.References(),
        new(FigureNames.Rt60ErrorOfMean, Rt60Figures.ErrorOfMean(trials.Heard(_recordings.Select(one => (new double[trials.Rooms.Parameters(one.Room).Bands], one.Room)))), "s", "of the same rooms, band by band"),
    ];

    /// <param name="dry">What the system says of the recordings as they are.</param>
    public IEnumerable<Figure> Of(IVoiceSystem system, Func<AskedSample, AudioBuffer> dry)
    {
        var asked = trials.Conversions;
        var voices = parallel(system, asked.Select(trial => (trial.Asked, (int?)trial.Room)));
        var spoken = asked.Zip(voices, (trial, voice) => (trial.Asked, trial.Room, voice.Audio)).ToList();
        var without = asked.Select(trial => (trial.Asked, trial.Room, Audio: dry(trial.Asked))).ToList();
        if (bench.Voices is not null)
        {
            yield return trials.Likeness(FigureNames.Reverberant, spoken, trials.Where);
            yield return trials.Likeness(FigureNames.DryInRooms, without, "to the same recordings in rooms");
        }
        yield return Figure.Mean(FigureNames.Rt60Rise, [.. spoken.Zip(without, (wet, still) => Heard(wet.Audio) - Heard(still.Audio))], "s", "by the teacher's ear, mean over bands");
        var heard = trials.Heard(_recordings.SelectMany(one => system.HearRt60(one.Speech).Select(answer => (answer, one.Room))));
        yield return new(FigureNames.Rt60Error, Rt60Figures.Error(heard), "s", $"root mean square; recordings in {trials.Rooms.Kind}");
        yield return new(FigureNames.Rt60Correlation, Rt60Figures.Correlation(heard), "", "with the rooms', around each band's mean; a constant answer has none");
    }

    private double Heard(AudioBuffer speech) => bench.Listener!.Rt60(speech).Average();
}
