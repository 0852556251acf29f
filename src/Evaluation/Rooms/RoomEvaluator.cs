using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Converts utterances into rooms that nobody trained in, and listens whether they are in them.</summary>
internal sealed class RoomEvaluator(EvaluationBench bench, RoomTrials trials, RoomListener listener, TeacherEvaluationSettings settings)
{
    public IEnumerable<Figure> Figures()
    {
        var spoken = trials.Conversions.Select(trial => (trial.Asked, trial.Room, Audio: Converted(trial.Asked, trial.Room))).ToList();
        var recordings = Heard(trials.Recordings());
        return
        [
            .. bench.Voices is null ? [] : trials.References().Prepend(trials.Likeness(FigureNames.Reverberant, spoken, trials.Where)),
            new("RT60 error of conversions", Rt60Figures.Error(Heard(spoken.Select(speech => (speech.Audio, speech.Room)))), "s", $"root mean square; {trials.Where}"),
            new(FigureNames.Rt60Error, Rt60Figures.Error(recordings), "s", $"root mean square; recordings in {trials.Rooms.Kind}"),
            new(FigureNames.Rt60ErrorOfMean, Rt60Figures.ErrorOfMean(recordings), "s", "of the same rooms, band by band"),
            new(FigureNames.Rt60Correlation, Rt60Figures.Correlation(recordings), "", "with the rooms', around each band's mean; a constant answer has none"),
        ];
    }

    private AudioBuffer Converted(AskedSample asked, int room) => bench.Vocoder.Speak(bench.Generator.Generate(
        bench.Conversion.To(asked.Utterance, asked.Target!.Value) with { Room = trials.Rooms.Scaled(room) }, settings.NoiseSeed(asked.Utterance)));

    private IReadOnlyCollection<HeardRt60> Heard(IEnumerable<(AudioBuffer Speech, int Room)> speech) =>
        trials.Heard(speech.Select(one => (listener.Rt60(one.Speech), one.Room)));
}
