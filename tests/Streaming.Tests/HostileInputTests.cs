using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Tmrvc.Audio;
using Tmrvc.Contract;
using Tmrvc.Export;

namespace Tmrvc.Streaming.Tests;

/// <summary>What users hand to Convert and Enroll.</summary>
public sealed class HostileInputTests
{
    private readonly Workbench _bench = new();

    [OneTimeTearDown]
    public void Remove() => _bench.Dispose();

    [Test]
    public void An_empty_file_is_refused_by_its_name()
    {
        File.WriteAllBytes(_bench["empty.wav"], []);
        Refused("empty.wav", "empty.wav: empty: 0 bytes");
    }

    [Test]
    public void A_file_without_samples_is_refused()
    {
        Write("none.wav", 24000, 1, 16, []);
        Refused("none.wav", "none.wav: holds no samples");
    }

    [TestCase(float.NaN)]
    [TestCase(float.NegativeInfinity)]
    [TestCase(1e20f)]
    [TestCase(-1e20f)]
    public void Samples_that_are_no_numbers_or_beyond_all_level_are_refused(float sample)
    {
        float[] samples = [.. Workbench.Speech(1), sample];
        Write("nan.wav", 24000, 1, 32, MemoryMarshal.AsBytes(samples.AsSpan()));
        Refused("nan.wav", "is not a number within range, ±1e10");
        using var converter = _bench.Converter();
        Assert.That(() => converter.Push([.. new float[239], sample], new float[240]),
            Throws.TypeOf<ConversionException>().With.Message.EqualTo("Hop 0 holds a sample that is not a number within range, ±1e10"), "not the weights' fault");
    }

    [Test]
    public void Text_is_refused()
    {
        File.WriteAllText(_bench["text.wav"], "Not a sound\n");
        Refused("text.wav", "not audio: text that starts with \"Not a sound\"");
    }

    [TestCase(8000, 2, 8)]
    [TestCase(192000, 1, 16)]
    [TestCase(11025, 6, 16)]
    public void Any_rate_width_and_number_of_channels_is_converted_moment_for_moment(int sampleRate, int channels, int bits)
    {
        var speech = Resampler.Resample(new AudioBuffer(Workbench.Speech(1.5), 24000), sampleRate).Samples;
        byte[] data = [.. speech.SelectMany(sample => Enumerable.Repeat(Encoded(sample, bits), channels).SelectMany(bytes => bytes))];
        Write("odd.wav", sampleRate, channels, bits, data);

        var converted = _bench.Convert(_bench["odd.wav"], _bench["out.wav"]);
        Assert.That(AudioFile.Read(_bench["out.wav"]).Samples, Has.Length.EqualTo(36000).Within(1));
        Assert.That(converted.Duration.TotalSeconds, Is.EqualTo(1.5).Within(1e-3));
        Assert.That(_bench.Voice(_bench["odd.wav"]).Embedding, Is.All.Matches<float>(float.IsFinite));
    }

    /// <summary>libsndfile lets any positive rate pass.</summary>
    [Test]
    public void Input_that_is_shorter_than_a_sample_is_refused()
    {
        Write("instant.wav", int.MaxValue, 1, 8, [100, 101, 102]);
        Assert.That(() => _bench.Convert(_bench["instant.wav"], _bench["instant.out.wav"]), Throws.TypeOf<UnreadableAudioException>()
            .With.Message.EndsWith("instant.wav: is shorter than one sample at 24000 Hz"));
        Assert.That(_bench["instant.out.wav"], Does.Not.Exist);
    }

    [Test]
    public void Three_samples_that_last_three_seconds_are_converted()
    {
        Write("slow.wav", 1, 1, 8, [100, 101, 102]);
        Assert.That(_bench.Convert(_bench["slow.wav"], _bench["slow.out.wav"]).Duration.TotalSeconds, Is.EqualTo(3).Within(1e-3));
    }

    [TestCase(1)]
    [TestCase(239)]
    [TestCase(24000)]
    public void Short_input_gives_as_many_samples(int samples)
    {
        AudioFile.WriteWav16(_bench["short.wav"], new AudioBuffer(Workbench.Speech(2)[12000..(12000 + samples)], 24000));
        _bench.Convert(_bench["short.wav"], _bench["out.wav"]);
        Assert.That(AudioFile.Read(_bench["out.wav"]).Samples, Has.Length.EqualTo(samples));
    }

    [Test]
    public void Silence_is_converted_and_is_nobodys_voice()
    {
        AudioFile.WriteWav16(_bench["silence.wav"], new AudioBuffer(new float[24000], 24000));
        _bench.Convert(_bench["silence.wav"], _bench["out.wav"]);
        Assert.That(AudioFile.Read(_bench["out.wav"]).Samples, Has.Length.EqualTo(24000));
        Assert.That(() => _bench.Voice(_bench["silence.wav"]), Throws.TypeOf<UnreadableAudioException>()
            .With.Message.EndsWith("silence.wav: holds 0.0 s of speech; 0.5 s at least are allowed"));
    }

    /// <summary>Five minutes, an hour the same: what is held is counted before and after.</summary>
    [Test]
    public void Long_input_takes_no_more_memory_than_short()
    {
        Write("long.wav", 24000, 1, 16, [.. Enumerable.Repeat(Workbench.Speech(10), 30).SelectMany(speech => speech).SelectMany(sample => Encoded(sample, 16))]);
        using var converter = _bench.Converter();
        var conversion = new FileConversion(converter, Workbench.Constants, TimeProvider.System);
        conversion.Run(_bench.SpeechFile(1), _bench["out.wav"], 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var converted = conversion.Run(_bench["long.wav"], _bench["out.wav"], 1);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        Assert.That((converted.Duration.TotalSeconds, converted.Times.Count), Is.EqualTo((300.0, 30003L)));
    }

    [Test]
    public void A_profile_of_another_version_or_with_another_byte_is_refused()
    {
        var (file, path) = (SpeakerProfileFile.From(Workbench.Constants), _bench["voice.tmrvc_speaker"]);
        file.Save(path, _bench.Voice());
        Assert.That(file.Read(path).Metadata.LogF0Mean, Is.EqualTo(_bench.Voice().Metadata.LogF0Mean).And.Not.Null);

        Change(path, 4, 1);
        Assert.That(() => file.Read(path), Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("is of version 1, 2 is allowed"));
        file.Save(path, _bench.Voice());
        Change(path, (int)new FileInfo(path).Length - 1, null);
        Assert.That(() => file.Read(path), Throws.TypeOf<SpeakerProfileException>().With.Message.Contains("is damaged: its SHA-256"));
    }

    [Test]
    public void A_network_that_is_missing_or_another_is_refused_by_its_file()
    {
        using var other = new Workbench();
        File.Copy(other.Models.FileOf("vocoder", WeightPrecision.Float32), other.Models.FileOf("converter", WeightPrecision.Float32), overwrite: true);
        Assert.That(() => other.Converter(), Throws.TypeOf<ConversionException>().With.Message.Contains("converter.onnx: is not this project's converter: inputs are features, state_in, content, spk_embed,"));
        File.WriteAllText(other.Models.FileOf("converter", WeightPrecision.Float32), "nothing");
        Assert.That(() => other.Converter(), Throws.TypeOf<ConversionException>().With.Message.Contains("converter.onnx: cannot be read as converter"));
        File.Delete(other.Models.FileOf("converter", WeightPrecision.Float32));
        Assert.That(() => other.Converter(), Throws.TypeOf<ConversionException>().With.Message.EndsWith("converter.onnx: is missing; --target=Package makes it"));
    }

    [Test]
    public void A_network_whose_open_axes_are_of_the_wrong_kind_is_refused_by_its_file()
    {
        using var other = new Workbench();
        Axis[] frames = [1, 513, 1], moving = [1, Axis.Length, 14];
        Rewrite(other, NetworkNames.Vocoder, [new("features", frames), new("state_in", moving)], [new("stft_mag", frames), new("stft_phase", frames), new("state_out", moving)]);
        Assert.That(() => other.Converter(), Throws.TypeOf<ConversionException>().With.Message.Contains("vocoder.onnx: is not this project's vocoder: state_in is Float [1, T, 14], Float [1, width, 14] is allowed"));
        Rewrite(other, NetworkNames.Vocoder, [new("features", frames), new("state_in", 1, 8, 14)], [new("stft_mag", frames), new("stft_phase", frames), new("state_out", 1, 9, 14)]);
        Assert.That(() => other.Converter(), Throws.TypeOf<ConversionException>().With.Message.Contains("state_out is Float [1, 9, 14], the shape of state_in, Float [1, 8, 14], is allowed"));
        Rewrite(other, NetworkNames.SpeakerEncoder, [new("mel_ref", 1, 80, 100)], [new("spk_embed", 1, 192), new("lora_delta", 1, 24576)]);
        Assert.That(() => other.Voice(), Throws.TypeOf<ConversionException>().With.Message.Contains("speaker_encoder.onnx: is not this project's speaker_encoder: mel_ref is Float [1, 80, 100], Float [1, 80, T] is allowed"));
    }

    [Test]
    public void A_network_that_fails_when_it_runs_is_named_by_its_file()
    {
        using var other = new Workbench();
        var graph = new OnnxGraph("speaker_encoder");
        var mel = graph.Input(new("mel_ref", 1, 80, Axis.Length));
        foreach (var (name, size) in new[] { ("spk_embed", 192), ("lora_delta", 24576) })
            graph.Output(new(name, 1, size), graph.Node("Reshape", [mel, graph.Constant(new long[] { 1, size })]));
        File.WriteAllBytes(other.Models.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32), graph.ToModel().ToByteArray());
        Assert.That(() => other.Voice(), Throws.TypeOf<ConversionException>().With.Message.Contains("speaker_encoder.onnx: cannot be run:"));
    }

    /// <summary>A network of zeros in another's place.</summary>
    private static void Rewrite(Workbench bench, string network, ContractTensor[] inputs, ContractTensor[] outputs)
    {
        var graph = new OnnxGraph(network);
        foreach (var input in inputs) graph.Input(input);
        foreach (var output in outputs) graph.Output(output, graph.Constant($"zeros_{output.Name}", new float[output.Count()], output.Sizes(output.Count())));
        File.WriteAllBytes(bench.Models.FileOf(network, WeightPrecision.Float32), graph.ToModel().ToByteArray());
    }

    private void Refused(string name, string message)
    {
        Assert.That(() => _bench.Convert(_bench[name], _bench["refused.wav"]), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains(message));
        Assert.That(() => _bench.Voice(_bench[name]), Throws.TypeOf<UnreadableAudioException>().With.Message.Contains(message));
        Assert.That((File.Exists(_bench["refused.wav"]), File.Exists(_bench["refused.wav.partial"])), Is.EqualTo((false, false)));
    }

    private static void Change(string path, int place, byte? value)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[place] = value ?? (byte)(bytes[place] ^ 1);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] Encoded(float sample, int bits) => bits == 8
        ? [(byte)Math.Clamp(Math.Round(128 + 127 * sample), 0, 255)]
        : BitConverter.GetBytes((short)Math.Clamp(Math.Round(32767 * sample), -32768, 32767));

    /// <param name="bits">32 for float.</param>
    private void Write(string name, int sampleRate, int channels, int bits, ReadOnlySpan<byte> data)
    {
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        "data"u8.CopyTo(header.AsSpan(36));
        int[] fields = [36 + data.Length, 16, (bits == 32 ? 3 : 1) | (channels << 16), sampleRate, sampleRate * channels * bits / 8, (channels * bits / 8) | (bits << 16), data.Length];
        int[] places = [4, 16, 20, 24, 28, 32, 40];
        foreach (var (field, place) in fields.Zip(places))
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(place), field);
        File.WriteAllBytes(_bench[name], [.. header, .. data]);
    }
}
