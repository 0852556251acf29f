using System.Text.Json;
using Tmrvc.Audio;
using Tmrvc.Build.Tests.Support;
using Tmrvc.Contract;
using Tmrvc.Support;

namespace Tmrvc.Build.Tests;

/// <summary>Convert and Enroll as processes, with networks that were never trained.</summary>
public sealed class ConversionTargetsTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("convert-").FullName;

    private string Input => Path.Combine(_folder, "a.wav");

    private string Output => Path.Combine(_folder, "c.wav");

    [OneTimeSetUp]
    public void WriteModelsAndSpeech()
    {
        using var student = StudentFiles.Drawn(StudentFiles.Narrow);
        StudentFiles.Write(Path.Combine(_folder, "models"), student);
        student.Save(Path.Combine(_folder, "student"), new Dictionary<string, string> { [Training.MelStatistics.MetadataKey] = StudentFiles.Statistics.ToJson() });
        AudioFile.WriteWav16(Input, AudioFile.Read(MiniCorpus.English));
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestCase]
    [TestCase("--int8")]
    [TestCase("--hq")]
    public void A_recording_is_said_in_the_voice_of_another_one(params string[] options)
    {
        var run = Run(["--target=Convert", $"--input={Input}", $"--speaker={MiniCorpus.Italian}", $"--output={Output}", .. options]);

        Assert.That(run.Errors, Is.Empty);
        Assert.That(run.Code, Is.EqualTo(ExitCode.Done));
        Assert.That(run.Output, Has.One.Contains($"s of {Input} in the voice of").And.One.StartsWith($"latency: {(options is ["--hq"] ? 100 : 40)} ms (window 40 ms")
            .And.One.Match(@"^a hop of 10 ms: p50 [\d.]+ ms, p99 [\d.]+ ms, real-time factor [\d.]+, one thread(: too slow here for speech as it is spoken)?$"));
        Assert.That(AudioFile.Read(Output).Seconds, Is.EqualTo(AudioFile.Read(Input).Seconds).Within(1e-3));
    }

    [Test]
    public void A_voice_that_was_enrolled_from_a_folder_is_spoken_with()
    {
        var recordings = Directory.CreateDirectory(Path.Combine(_folder, "b")).FullName;
        File.Copy(MiniCorpus.English, Path.Combine(recordings, "1.g722"));
        File.Copy(MiniCorpus.Italian, Path.Combine(recordings, "2.g722"));
        File.WriteAllText(Path.Combine(recordings, "3.wav"), "no sound");
        AudioFile.WriteWav16(Path.Combine(recordings, "4.wav"), new AudioBuffer(new float[24000], 24000));
        var profile = Path.Combine(_folder, "b.tmrvc_speaker");

        var enrolled = Run("--target=Enroll", $"--input={recordings}", $"--output={profile}");
        Assert.That(enrolled.Code, Is.EqualTo(ExitCode.Done), enrolled.Everything);
        Assert.That(enrolled.Output, Has.One.Match(@"the voice of 2 recordings, about \d+ Hz")
            .And.One.Match("^left out: .*3.wav: not audio").And.One.Match("^left out: .*4.wav: holds 0.0 s of speech"));

        var converted = Run("--target=Convert", $"--input={Input}", $"--speaker={profile}", $"--output={Output}");
        Assert.That(converted.Code, Is.EqualTo(ExitCode.Done), converted.Everything);

        var bytes = File.ReadAllBytes(profile);
        bytes[100] ^= 1;
        File.WriteAllBytes(profile, bytes);
        var refused = Run("--target=Convert", $"--input={Input}", $"--speaker={profile}", $"--output={Output}");
        Assert.That(refused.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(refused.Errors, Has.One.Contains("b.tmrvc_speaker: is damaged: its SHA-256"));
    }

    [Test]
    public void A_voice_is_fine_tuned_to_in_few_steps()
    {
        var profile = Path.Combine(_folder, "few.tmrvc_speaker");
        File.Copy(Input, Path.Combine(Directory.CreateDirectory($"{_folder}/few/good").FullName, "1.wav"));
        File.WriteAllText(Path.Combine(Directory.CreateDirectory($"{_folder}/few/left-out").FullName, "1.wav"), "no sound");
        var run = Run("--target=Enroll", $"--input={_folder}/few", $"--output={profile}", "--few-shot=20", $"--student={_folder}/student");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Done), run.Everything);
        Assert.That(run.Errors, Has.One.EndsWith($"is missing, so nobody can tell whether {_folder}/student is the student that the networks beside it were exported from"));
        Assert.That(run.Output, Has.One.StartsWith("few-shot: step 20 of 20, mel error ").And.One.Match(@"^few-shot: mel error [\d.]+ before, [\d.]+ after$"));
        var bytes = File.ReadAllText(profile, System.Text.Encoding.Latin1);
        Assert.That(bytes, Does.Contain("\"training_mode\":\"few_shot\""));

        var converted = Run("--target=Convert", $"--input={Input}", $"--speaker={profile}", $"--output={Output}");
        Assert.That(converted.Code, Is.EqualTo(ExitCode.Done), converted.Everything);
        Assert.That(converted.Errors, Has.One.Match(@"few\.tmrvc_speaker: fine-tunes the converter [0-9a-f]{12}; .*metadata\.json does not say whether that is the one here$"));
    }

    [Test]
    public void A_voice_is_not_fine_tuned_to_with_another_student_than_it_was_enrolled_by()
    {
        var models = new ModelFolder(Path.Combine(_folder, "others"));
        var encoder = models.FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32);
        Directory.CreateDirectory(Path.GetDirectoryName(encoder)!);
        File.Copy(new ModelFolder(Path.Combine(_folder, "models")).FileOf(NetworkNames.SpeakerEncoder, WeightPrecision.Float32), encoder);
        File.WriteAllText(models.Metadata, JsonSerializer.Serialize(new
        {
            constants_sha256 = "", student_sha256 = new Dictionary<string, string> { ["converter.safetensors"] = new('a', 64) },
            models = new Dictionary<string, object> { ["fp32/speaker_encoder.onnx"] = new { sha256 = FileSha256.Of(encoder) } },
        }));
        var run = FrontDoorRun.Of(Repository.Root, "--target=Enroll", $"--input={Input}", $"--output={_folder}/no.tmrvc_speaker", "--few-shot", $"--student={_folder}/student", $"--models={models.Path}");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Errors[0], Does.Match("student/converter.safetensors: its SHA-256 is [0-9a-f]{12}, the networks in .*others were exported from aaaaaaaaaaaa; --target=Package brings both up to date"));
        Assert.That(File.Exists($"{_folder}/no.tmrvc_speaker"), Is.False);
    }

    [Test]
    public void A_folder_of_which_nothing_can_be_used_is_nobody_s_voice()
    {
        var recordings = Directory.CreateDirectory(Path.Combine(_folder, "nobody")).FullName;
        File.WriteAllText(Path.Combine(recordings, "1.wav"), "no sound");
        File.WriteAllText(Path.Combine(recordings, "2.wav"), "no sound");
        var run = Run("--target=Enroll", $"--input={recordings}", $"--output={_folder}/nobody.tmrvc_speaker");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Errors[0], Is.EqualTo("Nothing of what is given holds a voice"));
        Assert.That(File.Exists(Path.Combine(_folder, "nobody.tmrvc_speaker")), Is.False);
    }

    [Test]
    public void What_cannot_be_converted_is_told_by_its_file()
    {
        File.WriteAllText(Path.Combine(_folder, "text.wav"), "no sound");
        var run = Run("--target=Convert", $"--input={_folder}/text.wav", $"--speaker={MiniCorpus.Italian}", $"--output={_folder}/no.wav");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(run.Errors, Has.One.Contains("text.wav: not audio: text"));
        Assert.That(File.Exists(Path.Combine(_folder, "no.wav")), Is.False);
    }

    [Test]
    public void All_that_is_missing_is_told_at_once_before_anything_runs()
    {
        var run = FrontDoorRun.Of(Repository.Root, "--target=Convert", "--input=/nowhere/a.wav", "--output=/nowhere/c.mp3", "--models=/nowhere");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Errors, Is.EqualTo(new[]
        {
            "--input=/nowhere/a.wav: there is no such file",
            "--target=Convert: needs --speaker=FILE, audio or a .tmrvc_speaker",
            "--output=/nowhere/c.mp3: Convert writes .wav files; give it that ending",
            "--output=/nowhere/c.mp3: its folder is not there; create it, or choose another",
            "--models=/nowhere: /nowhere/fp32/speaker_encoder.onnx is missing; choose a folder of exported networks, or leave --models out for those of the profile",
        }));
    }

    [TestCase("smoke", "speaker_encoder.onnx is missing; ./build.sh --profile=smoke --target=Package makes it, or choose another folder by --models=DIR")]
    [TestCase("hour", "--target=Convert: profile hour has no student (student.phase: none); choose another --profile, or networks by --models=DIR")]
    public void Networks_that_are_not_there_are_told_with_the_command_that_makes_them(string profile, string expected)
    {
        using var checkout = new SmallCheckout();

        var run = checkout.Run("--target=Convert", $"--profile={profile}", $"--input={Input}", $"--speaker={MiniCorpus.Italian}", $"--output={Output}", "--device=cuda");

        Assert.That(run.Errors, Has.Length.EqualTo(2).And.One.EqualTo("--device=cuda: Convert takes the processor; leave it out").And.One.EndsWith(expected));
    }

    [Test]
    public void Options_of_voices_are_for_their_targets_only()
    {
        Assert.That(Mistakes("--target=Doctor", "--input=a", "--hq"), Is.EqualTo(new[]
        {
            "--input: only together with --target=Convert or --target=Enroll", "--hq: only together with --target=Convert or --target=Enroll",
        }));
        Assert.That(Mistakes("--target=Enroll", "--int8", $"--input={Input}", $"--output={_folder}/d.tmrvc_speaker"), Is.EqualTo(new[] { "--int8: only together with --target=Convert" }));
        Assert.That(Mistakes("--target=Enroll", "--few-shot", "--student=/nowhere", $"--input={Input}", $"--output={_folder}/d.tmrvc_speaker"), Is.EqualTo(new[]
        {
            "--few-shot: /nowhere/converter.safetensors is missing; ./build.sh --profile=smoke --target=Student makes it, or choose another folder by --student=DIR",
        }));
        Assert.That(Mistakes("--target=Convert", $"--input={Input}", $"--speaker={Input}", $"--output={Input}"), Is.EqualTo(new[] { $"--output={Input}: is what is read; choose another file" }));
    }

    private string[] Mistakes(params string[] words)
    {
        var run = words[0] == "--target=Doctor" ? FrontDoorRun.Of(Repository.Root, words) : Run(words);
        Assert.That(run.Code, Is.EqualTo(ExitCode.Usage));
        return run.Errors;
    }

    private FrontDoorRun Run(params string[] words) => FrontDoorRun.Of(Repository.Root, [.. words, $"--models={_folder}/models"]);
}
