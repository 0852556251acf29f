using Tmrvc.Audio;
using Tmrvc.Configuration;
using Tmrvc.Contract;
using Tmrvc.Models;
using Tmrvc.Streaming;
using Tmrvc.Support;
using TorchSharp;

namespace Tmrvc.Evaluation.Tests;

/// <summary>Two ways to the same sound: hop by hop through the files, and over the utterance by the networks they were written from.</summary>
public sealed class WholeConversionTests
{
    private const double Rate = 24000;

    private static readonly Constants Contract = ConfigurationLoader.Load<Constants>(
        [new("constants.yaml", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "constants.yaml")))], []);

    private static readonly PitchRange Speaks = new(Math.Log(120), 0.2);

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(6)]
    public void A_stream_says_sample_by_sample_what_the_networks_say_of_the_whole(int framesAhead)
    {
        var recording = Speech(1.5);
        using var student = StudentFiles.Drawn(StudentFiles.Narrow with { MaxLookahead = framesAhead == 0 ? Contract.MaxLookaheadHops : framesAhead });
        var (streamed, voice) = Streamed(student, recording, framesAhead);
        var whole = new WholeConversion(student, StudentFiles.Statistics, framesAhead, Contract).Of(recording, voice, Speaks);

        Assert.That(whole, Has.Length.EqualTo(streamed.Length));
        Assert.That(whole.Zip(streamed).Max(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(1e-4));
        Assert.That(whole.Max(Math.Abs), Is.GreaterThan(0.01));
        var other = new WholeConversion(student, StudentFiles.Statistics, framesAhead + 1, Contract).Of(recording, voice, Speaks);
        Assert.That(other.Zip(streamed).Max(pair => Math.Abs(pair.First - pair.Second)), Is.GreaterThan(1e-3), "one frame more is another sound");
    }

    [Test]
    public void A_stream_hears_of_a_room_what_the_network_hears_in_the_whole()
    {
        using var student = StudentFiles.Drawn(StudentFiles.Narrow);
        var recording = Speech(1.05);
        var folder = Directory.CreateTempSubdirectory("rooms-");
        try
        {
            StudentFiles.Write(folder.FullName, student);
            using var stream = new RoomStream(new ModelFolder(folder.FullName), new ConversionOptions(), Contract);
            var streamed = stream.Hear(recording);
            var whole = new WholeConversion(student, StudentFiles.Statistics, 0, Contract).HearRt60(new AudioBuffer(recording, (int)Rate));
            Assert.That(whole, Has.Count.EqualTo(10).And.Count.EqualTo(streamed.Count));
            foreach (var (expected, heard) in whole.Zip(streamed))
                Assert.That(heard.Take(expected.Length).Select(seconds => (double)seconds), Is.EqualTo(expected).Within(1e-4));
            Assert.That(stream.Hear(recording), Is.EqualTo(streamed), "from the beginning again");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Through files whose converter sees as many frames ahead.</summary>
    private static (float[] Samples, SpeakerProfile Voice) Streamed(StudentNetworks student, float[] recording, int framesAhead)
    {
        var folder = Directory.CreateTempSubdirectory("whole-");
        try
        {
            StudentFiles.Write(folder.FullName, student);
            var (models, constants) = (new ModelFolder(folder.FullName), Contract with
            {
                MaxLookaheadHops = student.Architecture.MaxLookahead, ConverterHqState = student.Converter.StateFrames(new(student.Architecture.MaxLookahead)),
            });
            using var enrolment = new SpeakerEnrolment(models, constants);
            enrolment.Add(MiniCorpus.Italian);
            var voice = enrolment.Profile("voice");
            using var converter = new StreamingConverter(models, new ConversionOptions { LooksAhead = framesAhead > 0 }, constants, voice, Speaks);
            return (StreamedConversion.Of(converter, recording).Samples, voice);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static float[] Speech(double seconds) =>
        Resampler.Resample(AudioFile.Read(MiniCorpus.LongEnglish), (int)Rate).Samples[..(int)(seconds * Rate)];
}
