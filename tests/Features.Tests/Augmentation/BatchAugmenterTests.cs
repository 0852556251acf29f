using Tmrvc.Audio;

namespace Tmrvc.Features.Tests;

public sealed class BatchAugmenterTests
{
    private static readonly AugmentationSettings Nothing = new()
    {
        RoomProbability = 0, ShelfProbability = 0, NoiseProbability = 0, PitchProbability = 0, Workers = 2,
    };

    private SpeechCorpus _corpus = null!;

    [OneTimeSetUp]
    public async Task MakeCorpus() => _corpus = await SpeechCorpus.MakeAsync();

    [OneTimeTearDown]
    public void Clean() => _corpus.Dispose();

    [Test]
    public void Without_any_chance_a_batch_stays_as_it_is_and_counts_as_dry()
    {
        var batch = _corpus.Batch(3, 100);

        var augmented = _corpus.Augmenter(Nothing).Augment(batch);

        Assert.That(augmented.Features.LogMel, Is.EqualTo(batch.LogMel));
        Assert.That(augmented.NoisyLogMel, Is.EqualTo(batch.LogMel));
        Assert.That(augmented.IrParameters[..24], Is.EqualTo([.. Enumerable.Repeat(0.05f, 8), .. Enumerable.Repeat(30f, 8), .. new float[8]]));
        Assert.That(augmented.IrMask, Is.EqualTo(Enumerable.Repeat(1f, 3 * 8)));
    }

    [Test]
    public void What_happens_to_an_utterance_does_not_depend_on_its_neighbours_and_differs_when_it_comes_twice()
    {
        var augmenter = _corpus.Augmenter(new AugmentationSettings { ShelfProbability = 1, Workers = 2 });
        var assembler = new BatchAssembler(_corpus.Shards, 16, -23);
        AugmentationDraw[] Draws(params int[] utterances) =>
            [.. augmenter.Augment(assembler.Assemble(new BatchPlan(7, [.. utterances.Select(utterance => new Crop(utterance, 0, 40))]))).Draws];

        var (alone, among) = (Draws(2), Draws(0, 1, 2, 2));

        Assert.That(among[2], Is.EqualTo(alone[0]));
        Assert.That(among.Select(draw => draw.Shelf).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public void A_shelf_of_no_decibels_gives_the_mel_that_was_extracted()
    {
        var batch = _corpus.Batch(4, 120);

        var augmented = _corpus.Augmenter(Nothing with { ShelfProbability = 1, ShelfDecibels = 0 }).Augment(batch);

        Assert.That(augmented.Features.LogMel, Is.EqualTo(batch.LogMel).Within(2e-3f));
    }

    [Test]
    public void A_shelf_moves_its_side_by_its_decibels()
    {
        var batch = _corpus.Batch(8, 120);

        var augmented = _corpus.Augmenter(Nothing with { ShelfProbability = 1 }).Augment(batch);

        for (var slot = 0; slot < 8; slot++)
        {
            var shelf = augmented.Draws[slot].Shelf!;
            var (moved, kept) = shelf.Kind == ShelfKind.High ? (78, 2) : (1, 60);
            Assert.That(Decibels(augmented.Features, batch, slot, moved), Is.EqualTo(shelf.Decibels).Within(0.15 * Math.Abs(shelf.Decibels) + 0.1));
            Assert.That(Decibels(augmented.Features, batch, slot, kept), Is.EqualTo(0).Within(0.3));
        }
    }

    [Test]
    public void Speech_in_a_room_keeps_its_energy_and_its_place_in_time()
    {
        var batch = _corpus.Batch(8, 150);

        var augmented = _corpus.Augmenter(Nothing with { RoomProbability = 1 }).Augment(batch);

        for (var slot = 0; slot < 8; slot++)
        {
            var (wet, dry) = (Power(augmented.Features, slot), Power(batch, slot));
            Assert.That(10 * Math.Log10(wet.Sum() / dry.Sum()), Is.EqualTo(0).Within(0.6));
            Assert.That(BestLag(wet, dry), Is.InRange(0, 2));
        }
    }

    [Test]
    public void The_parameters_of_a_batch_are_those_of_the_rooms_that_were_applied()
    {
        var augmented = _corpus.Augmenter(Nothing with { RoomProbability = 0.5 }).Augment(_corpus.Batch(16, 40));

        for (var slot = 0; slot < 16; slot++)
        {
            var expected = augmented.Draws[slot].Response is { } response ? _corpus.Rooms.Parameters(response) : ImpulseResponseParameters.Dry(8);
            Assert.That(augmented.IrParameters[(24 * slot)..(24 * slot + 24)], Is.EqualTo(expected.Values));
            Assert.That(augmented.IrMask[(8 * slot)..(8 * slot + 8)], Is.EqualTo(expected.Mask));
        }
        Assert.That(augmented.Draws.Count(draw => draw.Response is not null), Is.InRange(3, 13));
    }

    /// <summary>
    /// Room, shelf and noise at the crop's beginning know what was said before it: a crop of a crop is the crop.
    /// </summary>
    [Test]
    public void A_crop_hears_the_room_of_what_was_said_before_it()
    {
        var speech = new SpeechAugmentation(
            _corpus.Shards, _corpus.Audio, _corpus.Rooms, new NoiseBank(_corpus.Audio, [0, 1], 24000, 1), SpeechCorpus.Signal);
        var draw = new AugmentationDraw(0, 0, null, null);

        var whole = speech.Apply(new Crop(0, 0, 120), draw).Clean;
        var late = speech.Apply(new Crop(0, 60, 60), draw).Clean;

        var differences = Enumerable.Range(0, 80).Select(band => whole[band * 120 + 60] - late[band * 60]).ToArray();
        Assert.That(differences, Is.All.EqualTo(differences[40]).Within(0.02));
    }

    [Test]
    public void Noise_has_the_ratio_that_was_drawn_and_leaves_the_target_alone()
    {
        var batch = _corpus.Batch(16, 150);

        var augmented = _corpus.Augmenter(Nothing with { NoiseProbability = 1, LeastSnr = 15, MostSnr = 15 }).Augment(batch);

        Assert.That(augmented.Features.LogMel, Is.EqualTo(batch.LogMel));
        Assert.That(augmented.Draws.Select(draw => draw.Noise!.Kind).Distinct().Count(), Is.GreaterThan(3));
        for (var slot = 0; slot < 16; slot++)
            if (augmented.Draws[slot].Noise!.Kind is not NoiseKind.Babble)
                Assert.That(
                    10 * Math.Log10(Power(batch, slot).Sum() / (Power(augmented.NoisyLogMel, batch, slot).Sum() - Power(batch, slot).Sum())),
                    Is.EqualTo(15).Within(4), () => $"{augmented.Draws[slot].Noise}");
    }

    [Test]
    public void F0_moves_with_the_voice()
    {
        var batch = _corpus.Batch(4, 150);

        var augmented = _corpus.Augmenter(Nothing with { PitchProbability = 1 }).Augment(batch);

        for (var slot = 0; slot < 4; slot++)
        {
            var ratio = (float)Math.Pow(2, augmented.Draws[slot].Semitones / 12);
            Assert.That(augmented.Features.F0[(slot * batch.Frames)..((slot + 1) * batch.Frames)],
                Is.EqualTo(batch.F0[(slot * batch.Frames)..((slot + 1) * batch.Frames)].Select(hertz => hertz * ratio)).Within(1e-3));
            Assert.That(10 * Math.Log10(Power(augmented.Features, slot).Sum() / Power(batch, slot).Sum()), Is.EqualTo(0).Within(1.5));
        }
        Assert.That(augmented.Features.LogMel, Is.Not.EqualTo(batch.LogMel));
        Assert.That(augmented.Features.Content, Is.EqualTo(batch.Content));
    }

    [Test]
    public void A_batch_is_a_function_of_seed_and_step_whatever_the_workers_and_whatever_came_before()
    {
        var all = new AugmentationSettings { RoomProbability = 0.5, PitchProbability = 0.5, NoiseProbability = 0.5, ShelfProbability = 0.5, Workers = 1 };
        var first = _corpus.Augmenter(all).Augment(_corpus.Batch(6, 90, step: 7));
        var other = _corpus.Augmenter(all with { Workers = 3 });
        other.Augment(_corpus.Batch(5, 70, step: 3));
        var second = other.Augment(_corpus.Batch(6, 90, step: 7));

        Assert.That(second.Draws, Is.EqualTo(first.Draws));
        Assert.That(second.NoisyLogMel, Is.EqualTo(first.NoisyLogMel));
        Assert.That(second.Features.LogMel, Is.EqualTo(first.Features.LogMel));
        Assert.That(other.Augment(_corpus.Batch(6, 90, step: 8)).Draws, Is.Not.EqualTo(first.Draws));
        Assert.That(_corpus.Augmenter(all, seed: 2).Augment(_corpus.Batch(6, 90, step: 7)).Draws, Is.Not.EqualTo(first.Draws));
    }

    [Test]
    public void Padding_stays_silence()
    {
        var batch = _corpus.Batch(2, 100);

        var augmented = _corpus.Augmenter(Nothing with { RoomProbability = 1, NoiseProbability = 1 }).Augment(batch);

        foreach (var values in new[] { augmented.Features.LogMel, augmented.NoisyLogMel })
            Assert.That(values.Chunk(batch.Frames).SelectMany(row => row[100..]), Is.All.EqualTo(MathF.Log(1e-10f)).Within(1e-4));
    }

    /// <summary>[T] power over all bands.</summary>
    private static double[] Power(FeatureBatch batch, int slot) => Power(batch.LogMel, batch, slot);

    private static double[] Power(float[] logMel, FeatureBatch batch, int slot)
    {
        var power = new double[batch.Lengths[slot]];
        for (var band = 0; band < batch.Mels; band++)
            for (var frame = 0; frame < power.Length; frame++)
                power[frame] += Math.Exp(logMel[(slot * batch.Mels + band) * batch.Frames + frame]);
        return power;
    }

    private static double Decibels(FeatureBatch after, FeatureBatch before, int slot, int band) =>
        10 * Math.Log10(BandPower(after, slot, band) / BandPower(before, slot, band));

    private static double BandPower(FeatureBatch batch, int slot, int band) =>
        batch.LogMel.Skip((slot * batch.Mels + band) * batch.Frames).Take((int)batch.Lengths[slot]).Sum(value => Math.Exp(value));

    /// <summary>Frames by which the level of <paramref name="wet"/> lags behind that of <paramref name="dry"/> where they agree best.</summary>
    private static int BestLag(double[] wet, double[] dry) => Enumerable.Range(-8, 17).MaxBy(lag =>
        Enumerable.Range(8, dry.Length - 16).Sum(frame => Math.Sqrt(wet[frame + lag] * dry[frame])));
}
