using Tmrvc.Corpora;

namespace Tmrvc.Features.Tests;

public sealed class SyntheticRoomsStageTests
{
    private LooseRun _run = null!;

    [OneTimeSetUp]
    public async Task MakeRooms() => _run = await RunAsync(new() { Rooms = 12, ResponsesPerRoom = 2, LongestRt60 = 0.9, Workers = 2 });

    [OneTimeTearDown]
    public void Clean() => _run.Dispose();

    [Test]
    public void Made_up_rooms_tell_about_nearly_all_bands_and_differ_from_band_to_band()
    {
        using var shards = Open(_run);
        var parameters = Enumerable.Range(0, 24).Select(shards.Parameters).ToList();

        Assert.That(parameters.SelectMany(p => p.Mask).Average(), Is.GreaterThan(0.9));
        Assert.That(parameters.Select(p => Enumerable.Range(0, 8).Where(p.Tells).Select(p.Rt60).Distinct().Count()), Is.All.GreaterThan(5));
        Assert.That(parameters.Select(p => p.Rt60(3)).Max() / parameters.Select(p => p.Rt60(3)).Min(), Is.GreaterThan(2));
    }

    [Test]
    public void Responses_of_a_room_share_its_split_and_a_tenth_is_held_out_for_each_purpose()
    {
        using var shards = Open(_run);

        Assert.That(shards.Responses.GroupBy(response => response.Room).Select(room => room.Select(response => response.Split).Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(shards.Of(Split.Test).Count(), Is.EqualTo(2));
        Assert.That(shards.Of(Split.Validation).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task The_same_seed_gives_the_same_bytes_with_any_number_of_workers_and_another_seed_gives_others()
    {
        using var alone = await RunAsync(new() { Rooms = 3, ResponsesPerRoom = 2, LongestRt60 = 0.4, Workers = 1 });
        using var together = await RunAsync(new() { Rooms = 3, ResponsesPerRoom = 2, LongestRt60 = 0.4, Workers = 3 });
        using var other = await RunAsync(new() { Rooms = 3, ResponsesPerRoom = 2, LongestRt60 = 0.4, Workers = 1, Seed = 2 });

        Assert.That(Content(together), Is.EqualTo(Content(alone)));
        Assert.That(Content(other).Intersect(Content(alone)), Is.Empty);
    }

    [Test]
    public async Task More_rooms_leave_those_before_as_they_are()
    {
        using var few = await RunAsync(new() { Rooms = 2, ResponsesPerRoom = 1, LongestRt60 = 0.4 });
        using var more = await RunAsync(new() { Rooms = 4, ResponsesPerRoom = 1, LongestRt60 = 0.4 });

        Assert.That(Content(few).Where(content => content.Name.EndsWith(".safetensors", StringComparison.Ordinal)), Is.SubsetOf(Content(more)));
    }

    [Test]
    public void Times_that_hardly_any_room_has_are_refused_by_their_settings()
    {
        var settings = new SyntheticRoomsSettings { Rooms = 1, ShortestRt60 = 3, LongestRt60 = 3, Response = new() { MaxSeconds = 10 } };

        Assert.That(() => RunAsync(settings), Throws.InvalidOperationException.With.Message.Contains(
            "can decay for shortest_rt60 (3) to longest_rt60 (3) seconds").And.Message.Contains("response.max_seconds (10)"));
    }

    /// <summary>In the first places of these rooms the decay is cut too early to be told.</summary>
    [Test]
    public async Task A_place_whose_response_cannot_be_used_gives_way_to_another_one()
    {
        using var run = await RunAsync(new()
        {
            Rooms = 3, ResponsesPerRoom = 2, ShortestRt60 = 1.6, LongestRt60 = 1.8, Response = new() { MaxSeconds = 0.4 }, Workers = 2,
        });
        using var shards = Open(run);

        Assert.That(shards.Responses, Has.Count.EqualTo(6));
        Assert.That(Enumerable.Range(0, 6).Select(i => shards.Parameters(i).Mask.Sum()), Is.All.GreaterThan(0));
    }

    [Test]
    public void A_room_none_of_whose_places_can_be_used_is_named_with_the_settings()
    {
        var settings = new SyntheticRoomsSettings { Rooms = 1, ShortestRt60 = 1.8, LongestRt60 = 1.8, Response = new() { MaxSeconds = 0.1 } };

        Assert.That(() => RunAsync(settings), Throws.InvalidOperationException.With.Message.Contains(
            "synthetic/room-00000: none of 8 places in it gives a response that can be used: ").And.Message.Contains("longest_rt60 (1.8)"));
    }

    private static async Task<LooseRun> RunAsync(SyntheticRoomsSettings settings)
    {
        var stage = new SyntheticRoomsStage("Rooms", settings, 24000, SpeechCorpus.Bands);
        var run = new LooseRun(stage.Id, new Dictionary<string, string>());
        await stage.RunAsync(run, CancellationToken.None);
        return run;
    }

    private static ImpulseResponseShards Open(LooseRun run) => ImpulseResponseShards.Open(run.Output(SyntheticRoomsStage.Responses));

    private static List<(string Name, string Content)> Content(LooseRun run) =>
        [.. Directory.EnumerateFiles(run.Output(SyntheticRoomsStage.Responses)).Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), Convert.ToBase64String(File.ReadAllBytes(path))))];
}
