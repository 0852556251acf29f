using System.Globalization;
using System.Runtime.ExceptionServices;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Impulse responses of made-up rooms, by the image-source method: no download, any number.</summary>
/// <param name="sampleRate">Hertz.</param>
public sealed class SyntheticRoomsStage(StageId id, SyntheticRoomsSettings settings, int sampleRate, Subbands bands) : ActionStage(id)
{
    /// <summary>The one output: what <see cref="ImpulseResponseShards.Open"/> reads.</summary>
    public const string Responses = ImpulseResponsesStage.Responses;

    private const int PlaceAttempts = 8;

    private readonly RoomDraw _draw = new(settings);
    private readonly ImpulseResponsePreparation _preparation = new(sampleRate, bands, settings.Response);

    public override string Description => $"Makes up {settings.Rooms} rooms and their impulse responses";

    public override int Version => 2;

    public override IReadOnlyList<StageInput> Inputs => [.. AudioTools.Of(AudioLibrary.Fourier)];

    public override IReadOnlyList<string> Outputs => [Responses];

    public override object Settings { get; } = new Significant(settings, sampleRate, bands);

    public override StageResources Resources => new() { Cores = Workers, ExpectedHours = 0.02 };

    private int Workers => WorkerCount.Of(settings.Workers);

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var made = new (string Name, ResponseExtent Extent)[settings.Rooms * settings.ResponsesPerRoom];
        MakeRooms(made, run, cancellation);
        var folder = new ResponseFolder(run.Output(Responses), settings.Name, settings.Split);
        foreach (var (name, extent) in made)
            folder.Add(name, extent, () => PreparedResponse.Read(FileOf(run.Scratch, name)));
        run.Metric("responses", folder.Write((shard, path) => shard.Save(path)).Count);
        run.Metric("rooms", settings.Rooms);
        return Task.CompletedTask;
    }

    private void MakeRooms((string Name, ResponseExtent Extent)[] made, StageRun run, CancellationToken cancellation)
    {
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, settings.Rooms, options, () => new ImageSources(sampleRate), (room, _, sources) =>
            {
                MakeRoom(room, sources, run.Scratch, made.AsSpan(room * settings.ResponsesPerRoom, settings.ResponsesPerRoom));
                run.Progress.Report(new StageProgress(Interlocked.Increment(ref done), settings.Rooms, "rooms"));
                return sources;
            }, _ => { });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void MakeRoom(int number, ImageSources sources, string scratch, Span<(string Name, ResponseExtent Extent)> made)
    {
        var random = KeyedRandom.Seed(settings.Seed).At(number);
        var (room, seconds) = _draw.Room(random.At(0));
        var name = string.Create(CultureInfo.InvariantCulture, $"room-{number:d5}");
        for (var place = 0; place < made.Length; place++)
        {
            var response = Respond(name, room, seconds, random, place, sources);
            made[place] = (string.Create(CultureInfo.InvariantCulture, $"{name}/{place:d3}"), ResponseExtent.Of(response));
            var file = FileOf(scratch, made[place].Name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            response.Write(file);
        }
    }

    /// <summary>Where nothing can be told about a place, another one of the same room is drawn.</summary>
    private PreparedResponse Respond(string name, ShoeboxRoom room, double seconds, KeyedRandom random, int place, ImageSources sources)
    {
        var refusal = "";
        for (var attempt = 0; attempt < PlaceAttempts; attempt++)
        {
            var placed = RoomDraw.Placed(room, attempt == 0 ? random.At(1).At(place) : random.At(2).At(place).At(attempt));
            var samples = sources.Respond(placed, seconds + placed.Distance / ShoeboxRoom.SpeedOfSound);
            try
            {
                var (response, parameters) = _preparation.Prepare(new AudioBuffer(samples, sampleRate));
                return new PreparedResponse(name, response, parameters);
            }
            catch (UnusableResponseException e)
            {
                refusal = e.Message;
            }
        }
        throw new InvalidOperationException(
            $"{settings.Name}/{name}: none of {PlaceAttempts} places in it gives a response that can be used: {refusal}; "
            + $"raise response.max_seconds ({settings.Response.MaxSeconds}) or lower longest_rt60 ({settings.LongestRt60})");
    }

    private static string FileOf(string scratch, string name) => Path.Combine(scratch, name, PreparedResponse.FileName);

    private sealed record Significant(SyntheticRoomsSettings Rooms, int SampleRate, Subbands Bands);
}
