using System.Globalization;
using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>Impulse responses of made-up rooms, by the image-source method: no download, any number.</summary>
/// <param name="sampleRate">Hertz.</param>
public sealed class SyntheticRoomsStage(StageId id, SyntheticRoomsSettings settings, int sampleRate, Subbands bands) : ActionStage(id)
{
    /// <summary>The one output: what <see cref="ImpulseResponseShards.Open"/> reads.</summary>
    public const string Responses = ImpulseResponsesStage.Responses;

    private readonly RoomDraw _draw = new(settings);
    private readonly ImpulseResponsePreparation _preparation = new(sampleRate, bands, settings.Response);

    public override string Description => $"Makes up {settings.Rooms} rooms and their impulse responses";

    public override int Version => 1;

    public override IReadOnlyList<StageInput> Inputs => [.. AudioTools.Of(AudioLibrary.Fourier)];

    public override IReadOnlyList<string> Outputs => [Responses];

    public override object Settings { get; } = new Significant(settings, sampleRate, bands);

    public override StageResources Resources => new() { Cores = Workers, ExpectedHours = 0.02 };

    private int Workers => settings.Workers > 0 ? settings.Workers : Environment.ProcessorCount;

    public override Task RunAsync(StageRun run, CancellationToken cancellation)
    {
        var files = new string[settings.Rooms * settings.ResponsesPerRoom];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellation };
        Parallel.For(0, settings.Rooms, options, () => new ImageSources(sampleRate), (room, _, sources) =>
        {
            MakeRoom(room, sources, run.Scratch, files);
            run.Progress.Report(new StageProgress(Interlocked.Increment(ref done), settings.Rooms, "rooms"));
            return sources;
        }, _ => { });
        var writer = new ResponseShardsWriter(run.Output(Responses), settings.Name, settings.Split);
        foreach (var file in files)
            writer.Add(Path.GetRelativePath(run.Scratch, Path.GetDirectoryName(file)!).Replace('\\', '/'), () => PreparedResponse.Read(file));
        run.Metric("responses", writer.Write().Count);
        run.Metric("rooms", settings.Rooms);
        return Task.CompletedTask;
    }

    private void MakeRoom(int number, ImageSources sources, string scratch, string[] files)
    {
        var random = KeyedRandom.Seed(settings.Seed).At(number);
        var (room, seconds) = _draw.Room(random.At(0));
        var name = string.Create(CultureInfo.InvariantCulture, $"room-{number:d5}");
        for (var place = 0; place < settings.ResponsesPerRoom; place++)
        {
            var folder = Path.Combine(scratch, name, string.Create(CultureInfo.InvariantCulture, $"{place:d3}"));
            var placed = RoomDraw.Placed(room, random.At(1).At(place));
            var samples = sources.Respond(placed, seconds + placed.Distance / ShoeboxRoom.SpeedOfSound);
            var (response, parameters) = _preparation.Prepare(new AudioBuffer(samples, sampleRate));
            Directory.CreateDirectory(folder);
            var file = files[number * settings.ResponsesPerRoom + place] = Path.Combine(folder, PreparedResponse.FileName);
            new PreparedResponse(name, response, parameters).Write(file);
        }
    }

    private sealed record Significant(SyntheticRoomsSettings Rooms, int SampleRate, Subbands Bands);
}
