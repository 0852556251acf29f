using System.Globalization;
using Tmrvc.Audio;

namespace Tmrvc.Evaluation;

/// <summary>What is asked of all who speak or listen in rooms that nobody trained in, and how that is judged.</summary>
internal sealed class RoomTrials(EvaluationBench bench, HeldOutRooms rooms, TeacherEvaluationSettings settings)
{
    private readonly IReadOnlyList<int> _rooms = rooms.NearestTo(settings.RoomRt60, settings.Rooms);
    private Dictionary<int, ReferenceVoices>? _voices;

    public HeldOutRooms Rooms => rooms;

    /// <summary>In turns, and each speaker's begin elsewhere: no kind of target always has the same room.</summary>
    public IReadOnlyList<(AskedSample Asked, int Room)> Conversions =>
        [.. bench.Plan.Conversions.Select((asked, turn) => (asked, _rooms[(turn + bench.Plan.PlaceOf(asked)) % _rooms.Count]))];

    /// <summary>Which rooms conversions are in, in words.</summary>
    public string Where => string.Create(CultureInfo.InvariantCulture,
        $"in {rooms.Kind} with an RT60 of {string.Join(", ", _rooms.Select(room => rooms.MeanRt60(room).ToString("0.00", CultureInfo.InvariantCulture)))} s");

    /// <summary>Each in another room, evenly over all of them.</summary>
    public IEnumerable<(AudioBuffer Speech, int Room)> Recordings()
    {
        var utterances = bench.Plan.Overall;
        return utterances.Select((utterance, i) =>
        {
            var room = rooms.Spread(i, utterances.Count);
            return (rooms.Place(bench.Recording(utterance), room), room);
        });
    }

    /// <summary>SECS to recordings in the same room: a room alone makes voices alike.</summary>
    public Figure Likeness(string name, IEnumerable<(AskedSample Asked, int Room, AudioBuffer Audio)> spoken, string note) => Figure.Mean(
        name, [.. spoken.Select(speech => Voices[speech.Room].Of(speech.Audio, speech.Asked.Utterance).To(speech.Asked.Target!.Value)).OfType<double>()], "", note);

    /// <summary>What such a SECS is to be compared with.</summary>
    public IEnumerable<Figure> References()
    {
        yield return Figure.Mean(FigureNames.ReverberantCeiling, [.. Voices.Values.SelectMany(room => room.Ceiling())], "", "held-out recordings, pairs") with { StandardError = null };
        yield return Figure.Mean(FigureNames.ReverberantFloor, [.. Voices.Values.SelectMany(room => room.Floor())], "", "held-out recordings, pairs") with { StandardError = null };
    }

    /// <summary>In the bands that the rooms tell of.</summary>
    /// <param name="answers">Seconds by band.</param>
    public IReadOnlyCollection<HeardRt60> Heard(IEnumerable<(double[] Rt60, int Room)> answers) =>
    [
        .. answers.SelectMany(answer =>
        {
            var known = rooms.Parameters(answer.Room);
            return Enumerable.Range(0, known.Bands).Where(known.Tells).Select(band => new HeardRt60(band, answer.Rt60[band], known.Rt60(band)));
        }),
    ];

    private Dictionary<int, ReferenceVoices> Voices =>
        _voices ??= _rooms.ToDictionary(room => room, room => bench.VoicesIn(recording => rooms.Place(recording, room))!);
}
