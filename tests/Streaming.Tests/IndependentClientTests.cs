using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Tmrvc.Audio;
using Tmrvc.Contract;

namespace Tmrvc.Streaming.Tests;

/// <summary>client.mjs over onnxruntime-node shares with a conversion the exported files, the voice and F0, and nothing else.</summary>
public sealed class IndependentClientTests
{
    private const int Hop = 240;

    private readonly Workbench _bench = new();

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public void A_client_that_knows_the_contract_alone_gets_the_samples_of_a_conversion(bool looksAhead)
    {
        var speech = _bench.SpeechFile(1.2345);
        _bench.Convert(speech, _bench["ours.wav"], new ConversionOptions { LooksAhead = looksAhead });
        var theirs = Client(speech, looksAhead);

        var ours = AudioFile.Read(_bench["ours.wav"]).Samples;
        Assert.That(ours.Max(Math.Abs), Is.InRange(0.01, 0.999));
        Assert.That(theirs, Has.Length.EqualTo(ours.Length));
        Assert.That(ours.Zip(theirs).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-4));
    }

    private float[] Client(string speech, bool looksAhead)
    {
        var (source, voice) = (SourceVoice.Of(speech, Workbench.Constants), _bench.Voice());
        Assert.That(source.Range!.LogMean - voice.PitchRange()!.LogMean, Is.Not.Zero.Within(0.01));
        var widths = new { content = 8, converter = 12, vocoder = 8, room = 8 };
        File.WriteAllText(_bench["job.json"], JsonSerializer.Serialize(new
        {
            models = _bench.Models.Path, wav = speech, gain = source.Gain, hq = looksAhead, f0 = LogF0(speech, source, voice),
            embedding = voice.Embedding, delta = voice.LoraDelta, output = _bench["theirs.f32"], widths,
        }));
        Run("node", Path.Combine(AppContext.BaseDirectory, "client.mjs"), _bench["job.json"], Installation);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(_bench["theirs.f32"])).ToArray();
    }

    /// <summary>Tracking F0 is no part of the contract: the client is told it, through the end of the stream.</summary>
    private static float[] LogF0(string speech, SourceVoice source, SpeakerProfile voice)
    {
        var samples = AudioFile.Read(speech).Samples;
        float[] padded = [.. samples.Select(sample => sample * source.Gain), .. new float[11 * Hop]];
        var pitch = new PitchStream(Workbench.Signal);
        return [.. Enumerable.Range(0, padded.Length / Hop).Select(frame => pitch.Push(padded.AsSpan(frame * Hop, Hop)))
            .Select(hertz => hertz <= 0 ? 0 : (float)Math.Log(source.Range!.Moved(hertz, voice.PitchRange()!) + 1))];
    }

    /// <summary>Where build/bootstrap/npm-tree.sh puts ONNX Runtime for node.</summary>
    private static string Installation
    {
        get
        {
            var root = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(root, "Tmrvc.slnx")))
                root = Path.GetDirectoryName(root)!;
            var place = Path.Combine(root, ".build/npm/onnxruntime-node/package.json");
            Assert.That(place, Does.Exist, "run build/bootstrap/npm-tree.sh onnxruntime-node, or ./build.sh --target=Test, which does");
            return place;
        }
    }

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors);
    }
}
