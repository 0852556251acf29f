using System.Globalization;
using Tmrvc.Audio;
using Tmrvc.Features;

namespace Tmrvc.Evaluation;

/// <summary>Converts utterances into a room that nobody trained in, and listens whether they are in it.</summary>
internal sealed class RoomEvaluator(EvaluationBench bench, HeldOutRooms rooms, RoomListener listener, TeacherEvaluationSettings settings)
{
    private readonly int _room = rooms.NearestTo(settings.RoomRt60);

    public IEnumerable<Figure> Figures()
    {
        var spoken = UtteranceSelection.Conversions(bench.Shards, settings)
            .Select(asked => (asked.Utterance, asked.Target, Audio: Converted(asked.Utterance, asked.Target))).ToList();
        var room = string.Create(CultureInfo.InvariantCulture, $"in an unheard room with an RT60 of {rooms.MeanRt60(_room):0.00} s");
        if (bench.VoicesIn(recording => rooms.Place(recording, _room)) is { } voices)
            yield return new(FigureNames.Reverberant, Mean(spoken.Select(speech => voices.Similarity(speech.Audio, speech.Target, speech.Utterance))), "",
                $"{room}, to recordings in the same room");
        yield return new("RT60 error of conversions", Error(spoken.Select(speech => (speech.Audio, _room))), "s", $"root mean square; {room}");
        yield return new(FigureNames.Rt60Error, Error(Recordings()), "s", "root mean square; recordings in unheard rooms");
    }

    private AudioBuffer Converted(int utterance, int target) => bench.Vocoder.Speak(bench.Generator.Generate(
        bench.Conversion.To(utterance, target) with { Room = rooms.Scaled(_room) }, settings.NoiseSeed(utterance)));

    private IEnumerable<(AudioBuffer Speech, int Room)> Recordings()
    {
        var utterances = UtteranceSelection.Overall(bench.Shards, settings.LossUtterances);
        return utterances.Select((utterance, i) =>
        {
            var room = rooms.Spread(i, utterances.Count);
            return (rooms.Place(bench.Recording(utterance), room), room);
        });
    }

    /// <summary>Over the bands that the rooms tell of.</summary>
    private double? Error(IEnumerable<(AudioBuffer Speech, int Room)> heard) => Math.Sqrt(heard.SelectMany(speech =>
    {
        var (estimated, known) = (listener.Rt60(speech.Speech), rooms.Parameters(speech.Room));
        return Enumerable.Range(0, known.Bands).Where(known.Tells).Select(band => Math.Pow(estimated[band] - known.Rt60(band), 2));
    }).Average());

    private static double? Mean(IEnumerable<double?> values) => values.Average();
}
