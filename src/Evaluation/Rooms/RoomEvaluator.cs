using System.Globalization;
using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>Converts utterances into rooms that nobody trained in, and listens whether they are in them.</summary>
internal sealed class RoomEvaluator(EvaluationBench bench, HeldOutRooms rooms, RoomListener listener, TeacherEvaluationSettings settings)
{
    private readonly IReadOnlyList<int> _rooms = rooms.NearestTo(settings.RoomRt60, settings.Rooms);

    public IEnumerable<Figure> Figures()
    {
        var spoken = bench.Plan.Conversions.Select((asked, i) => Converted(asked, Room(asked, i))).ToList();
        var recordings = Heard(Recordings());
        return
        [
            .. Likenesses(spoken),
            new("RT60 error of conversions", Rt60Figures.Error(Heard(spoken.Select(speech => (speech.Audio, speech.Room)))), "s", $"root mean square; {Where}"),
            new(FigureNames.Rt60Error, Rt60Figures.Error(recordings), "s", $"root mean square; recordings in {rooms.Kind}"),
            new(FigureNames.Rt60ErrorOfMean, Rt60Figures.ErrorOfMean(recordings), "s", "of the same rooms, band by band"),
            new(FigureNames.Rt60Correlation, Rt60Figures.Correlation(recordings), "", "with the rooms', around each band's mean; a constant answer has none"),
        ];
    }

    /// <summary>In turns, and each speaker's begin elsewhere: no kind of target always has the same room.</summary>
    private int Room(AskedSample asked, int turn) => _rooms[(turn + bench.Plan.PlaceOf(asked)) % _rooms.Count];

    private string Where => string.Create(CultureInfo.InvariantCulture,
        $"in {rooms.Kind} with an RT60 of {string.Join(", ", _rooms.Select(room => rooms.MeanRt60(room).ToString("0.00", CultureInfo.InvariantCulture)))} s");

    /// <summary>To recordings in the same room, beside those of recordings in it: a room alone makes voices alike.</summary>
    private IEnumerable<Figure> Likenesses(IReadOnlyList<(AskedSample Asked, int Room, AudioBuffer Audio)> spoken)
    {
        if (bench.Voices is null) return [];
        var voices = _rooms.ToDictionary(room => room, room => bench.VoicesIn(recording => rooms.Place(recording, room))!);
        var similarities = spoken.Select(speech => voices[speech.Room].Of(speech.Audio, speech.Asked.Utterance).To(speech.Asked.Target!.Value));
        return
        [
            Figure.Mean(FigureNames.Reverberant, [.. similarities.OfType<double>()], "", Where),
            Figure.Mean(FigureNames.ReverberantCeiling, [.. voices.Values.SelectMany(room => room.Ceiling())], "", "held-out recordings, pairs") with { StandardError = null },
            Figure.Mean(FigureNames.ReverberantFloor, [.. voices.Values.SelectMany(room => room.Floor())], "", "held-out recordings, pairs") with { StandardError = null },
        ];
    }

    private (AskedSample Asked, int Room, AudioBuffer Audio) Converted(AskedSample asked, int room) => (asked, room, bench.Vocoder.Speak(
        bench.Generator.Generate(bench.Conversion.To(asked.Utterance, asked.Target!.Value) with { Room = rooms.Scaled(room) }, settings.NoiseSeed(asked.Utterance))));

    private IEnumerable<(AudioBuffer Speech, int Room)> Recordings()
    {
        var utterances = bench.Plan.Overall;
        return utterances.Select((utterance, i) =>
        {
            var room = rooms.Spread(i, utterances.Count);
            return (rooms.Place(bench.Recording(utterance), room), room);
        });
    }

    /// <summary>In the bands that the rooms tell of.</summary>
    private IReadOnlyCollection<HeardRt60> Heard(IEnumerable<(AudioBuffer Speech, int Room)> speech) =>
    [
        .. speech.SelectMany(one =>
        {
            var (heard, known) = (listener.Rt60(one.Speech), rooms.Parameters(one.Room));
            return Enumerable.Range(0, known.Bands).Where(known.Tells).Select(band => new HeardRt60(band, heard[band], known.Rt60(band)));
        }),
    ];
}
