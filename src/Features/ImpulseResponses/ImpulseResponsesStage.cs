using Tmrvc.Audio;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;

namespace Tmrvc.Features;

/// <summary>The measured impulse responses of one corpus, made alike and described.</summary>
/// <param name="recordings">The corpus' files.</param>
/// <param name="sampleRate">Hertz, of what is left.</param>
public sealed class ImpulseResponsesStage(
    StageId id, ResponseCorpusSettings settings, int sampleRate, Subbands bands, StageInput recordings) : PerItemStage(id)
{
    /// <summary>Output: what <see cref="ImpulseResponseShards.Open"/> reads.</summary>
    public const string Responses = "responses";

    /// <summary>Output: <see cref="QuarantinedItem"/> a line, by id.</summary>
    public const string Quarantine = "quarantine.jsonl";

    private const string Shard = "room.safetensors";

    private readonly IResponseLayout _layout = settings.CreateLayout();
    private readonly ImpulseResponsePreparation _preparation = new(sampleRate, bands, settings.Response);

    public override string Description => $"Makes the impulse responses of {settings.Name} alike, and measures their rooms";

    public override int Version => 3;

    public override IReadOnlyList<StageInput> Inputs =>
    [
        recordings,
        .. AudioTools.Of(AudioLibrary.Resampler, AudioLibrary.Fourier),
        .. AudioTools.Of(settings.Layout == ResponseLayout.Air ? AudioLibrary.Matlab : AudioLibrary.SoundFile),
    ];

    public override IReadOnlyList<string> Outputs => [Responses, Quarantine];

    public override object Settings { get; } = new Significant(settings, sampleRate, bands);

    public override StageResources Resources => new() { Cores = Workers, ExpectedHours = 0.05 };

    public override string Items => recordings.Name;

    public override int Workers => WorkerCount.Of(settings.Workers);

    public override bool IsItem(string relativePath) => _layout.IsResponse(relativePath);

    public override Task ProcessAsync(ItemRun item, CancellationToken cancellation)
    {
        try
        {
            var measured = _layout.Read(item.Source, item.Id);
            var (response, parameters) = _preparation.Prepare(measured.Audio);
            var prepared = new PreparedResponse(measured.Room, response, parameters);
            prepared.Write(Path.Combine(item.Folder, PreparedResponse.FileName));
            item.Note = ResponseExtent.Of(prepared).Note;
        }
        catch (UnreadableAudioException e)
        {
            throw new ItemRejectedException(e.Found, e);
        }
        catch (UnusableResponseException e)
        {
            throw new ItemRejectedException(e.Message, e);
        }
        return Task.CompletedTask;
    }

    public override Task CombineAsync(CombineRun run, IReadOnlyList<ItemResult> items, CancellationToken cancellation)
    {
        var results = new Dictionary<string, ItemResult>();
        var folder = new ResponseFolder(run.Output(Responses), settings.Name, settings.Split);
        foreach (var item in items.Where(item => item.IsAccepted))
            results.Add(folder.Add(
                Path.ChangeExtension(item.Id, null), ResponseExtent.Parse(item.Note!),
                () => PreparedResponse.Read(item[PreparedResponse.FileName].Path)), item);
        var entries = folder.Write((shard, path) => Make(shard, path, results, run));
        QuarantinedItem[] quarantine =
            [.. items.Where(item => !item.IsAccepted).Select(item => new QuarantinedItem(item.Id, item.Rejection!))];
        JsonLines.Write(run.Output(Quarantine), quarantine);
        run.Metric("responses", entries.Count);
        run.Metric("rooms", entries.Select(entry => entry.Room).Distinct().Count());
        run.Metric("quarantined", quarantine.Length);
        return Task.CompletedTask;
    }

    /// <summary>A room's shard is made again when one of its responses changes.</summary>
    private static void Make(ResponseShard shard, string path, Dictionary<string, ItemResult> results, CombineRun run)
    {
        var members = shard.Members.Select(member => results[member.Entry.Id]).ToList();
        var made = run.Group(shard.Name, members, folder => shard.Save(Path.Combine(folder, Shard)));
        run.Place(made[Shard], path);
    }

    private sealed record Significant(ResponseCorpusSettings Corpus, int SampleRate, Subbands Bands);
}
