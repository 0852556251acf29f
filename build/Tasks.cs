using Cake.Frosting;
using Tmrvc.Build.Comparisons;
using Tmrvc.Build.Conversions;
using Tmrvc.Build.Services;

namespace Tmrvc.Build;

// The whole graph on one page. A class is a target; a StageTask stands for the stage of its name, which PipelineGraph builds.
// The attributes repeat the stages' inputs (a test compares them), so that this page and --tree tell the truth. A profile's
// datasets say which corpora there are; tasks of the others are skipped.

[TaskDescription("Get the embedded speech corpus: studio recordings in five languages")]
public sealed class FetchPrompts : StageTask;

[TaskDescription("Resample, level, trim and cut the embedded corpus")]
[IsDependentOn(typeof(FetchPrompts))]
public sealed class PreprocessPrompts : StageTask;

[TaskDescription("Log-mel, content and F0 of the embedded corpus, in shards")]
[IsDependentOn(typeof(PreprocessPrompts))]
[IsDependentOn(typeof(FetchModels))]
[IsDependentOn(typeof(FetchPhones))]
public sealed class FeaturesPrompts : StageTask;

[TaskDescription("Resample, level, trim and cut the user's own recordings")]
public sealed class PreprocessFolder : StageTask;

[TaskDescription("Log-mel, content and F0 of the user's own recordings, in shards")]
[IsDependentOn(typeof(PreprocessFolder))]
[IsDependentOn(typeof(FetchModels))]
[IsDependentOn(typeof(FetchPhones))]
public sealed class FeaturesFolder : StageTask;

[TaskDescription("Download VCTK: 110 English voices")]
public sealed class FetchVctk : StageTask;

[TaskDescription("Unpack VCTK")]
[IsDependentOn(typeof(FetchVctk))]
public sealed class ExtractVctk : StageTask;

[TaskDescription("Resample, level, trim and cut VCTK")]
[IsDependentOn(typeof(ExtractVctk))]
public sealed class PreprocessVctk : StageTask;

[TaskDescription("Log-mel, content and F0 of VCTK, in shards")]
[IsDependentOn(typeof(PreprocessVctk))]
[IsDependentOn(typeof(FetchModels))]
[IsDependentOn(typeof(FetchPhones))]
public sealed class FeaturesVctk : StageTask;

[TaskDescription("Download, or find where you placed it, JVS: 100 Japanese voices")]
public sealed class FetchJvs : StageTask;

[TaskDescription("Unpack JVS")]
[IsDependentOn(typeof(FetchJvs))]
public sealed class ExtractJvs : StageTask;

[TaskDescription("Resample, level, trim and cut JVS")]
[IsDependentOn(typeof(ExtractJvs))]
public sealed class PreprocessJvs : StageTask;

[TaskDescription("Log-mel, content and F0 of JVS, in shards")]
[IsDependentOn(typeof(PreprocessJvs))]
[IsDependentOn(typeof(FetchModels))]
[IsDependentOn(typeof(FetchPhones))]
public sealed class FeaturesJvs : StageTask;

[TaskDescription("Download LibriTTS-R: 585 hours of 2,456 English voices")]
public sealed class FetchLibriTtsR : StageTask;

[TaskDescription("Unpack LibriTTS-R")]
[IsDependentOn(typeof(FetchLibriTtsR))]
public sealed class ExtractLibriTtsR : StageTask;

[TaskDescription("Resample, level, trim and cut LibriTTS-R")]
[IsDependentOn(typeof(ExtractLibriTtsR))]
public sealed class PreprocessLibriTtsR : StageTask;

[TaskDescription("Log-mel, content and F0 of LibriTTS-R, in shards")]
[IsDependentOn(typeof(PreprocessLibriTtsR))]
[IsDependentOn(typeof(FetchModels))]
[IsDependentOn(typeof(FetchPhones))]
public sealed class FeaturesLibriTtsR : StageTask;

[TaskDescription("Every corpus of the profile, brought to one rate and loudness, cut to speech")]
[IsDependentOn(typeof(PreprocessPrompts))]
[IsDependentOn(typeof(PreprocessFolder))]
[IsDependentOn(typeof(PreprocessVctk))]
[IsDependentOn(typeof(PreprocessJvs))]
[IsDependentOn(typeof(PreprocessLibriTtsR))]
public sealed class Preprocess : FrostingTask<BuildContext>;

[TaskDescription("Every corpus of the profile, ready to train on")]
[IsDependentOn(typeof(FeaturesPrompts))]
[IsDependentOn(typeof(FeaturesFolder))]
[IsDependentOn(typeof(FeaturesVctk))]
[IsDependentOn(typeof(FeaturesJvs))]
[IsDependentOn(typeof(FeaturesLibriTtsR))]
public sealed class Features : FrostingTask<BuildContext>;

[TaskDescription("Download the impulse responses of AIR: 9 kinds of rooms")]
public sealed class FetchAir : StageTask;

[TaskDescription("Unpack AIR")]
[IsDependentOn(typeof(FetchAir))]
public sealed class ExtractAir : StageTask;

[TaskDescription("Make the responses of AIR alike, and measure its rooms")]
[IsDependentOn(typeof(ExtractAir))]
public sealed class ResponsesAir : StageTask;

[TaskDescription("Download the impulse responses of BUT ReverbDB: 9 rooms, 31 microphones")]
public sealed class FetchButReverbDb : StageTask;

[TaskDescription("Unpack BUT ReverbDB")]
[IsDependentOn(typeof(FetchButReverbDb))]
public sealed class ExtractButReverbDb : StageTask;

[TaskDescription("Make the responses of BUT ReverbDB alike, and measure its rooms")]
[IsDependentOn(typeof(ExtractButReverbDb))]
public sealed class ResponsesButReverbDb : StageTask;

[TaskDescription("Make up rooms and their impulse responses")]
public sealed class ResponsesSynthetic : StageTask;

[TaskDescription("Every impulse response of the profile")]
[IsDependentOn(typeof(ResponsesAir))]
[IsDependentOn(typeof(ResponsesButReverbDb))]
[IsDependentOn(typeof(ResponsesSynthetic))]
public sealed class Rooms : FrostingTask<BuildContext>;

[TaskDescription("Clamp, mean and deviation of log-mel over all corpora")]
[IsDependentOn(typeof(Features))]
public sealed class MelStatistics : StageTask;

[TaskDescription("Train the encoder that tells speakers apart")]
[IsDependentOn(typeof(Features))]
[IsDependentOn(typeof(MelStatistics))]
public sealed class SpeakerEncoder : StageTask;

[TaskDescription("Train a second encoder, which only judges")]
[IsDependentOn(typeof(Features))]
[IsDependentOn(typeof(MelStatistics))]
public sealed class JudgeEncoder : StageTask;

[TaskDescription("Train the vocoder that the teacher is heard through")]
[IsDependentOn(typeof(Preprocess))]
[IsDependentOn(typeof(MelStatistics))]
public sealed class TeacherVocoder : StageTask;

[TaskDescription("Train the teacher from nothing by flow matching")]
[IsDependentOn(typeof(Features))]
[IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder))]
[Brings(typeof(GatePhase0))]
public sealed class Phase0 : StageTask;

[TaskDescription("Let the teacher speak the validation utterances, and measure it")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder))]
[IsDependentOn(typeof(FetchModels)), IsDependentOn(typeof(FetchWords)), IsDependentOn(typeof(Phase0))]
public sealed class EvaluatePhase0 : StageTask;

[TaskDescription("Judge phase 0: its loss falls, its mel has the right shape and is finite, its voices are those asked for")]
[IsDependentOn(typeof(Phase0))]
[IsDependentOn(typeof(EvaluatePhase0))]
public sealed class GatePhase0 : StageTask;

[TaskDescription("Train the teacher on all corpora")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(Phase0)), IsDependentOn(typeof(GatePhase0))]
public sealed class Phase1a : StageTask;

[TaskDescription("Train the teacher with losses on waveforms and voices")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(TeacherVocoder)), IsDependentOn(typeof(Phase1a))]
[Brings(typeof(GatePhase1b))]
public sealed class Phase1b : StageTask;

[TaskDescription("Let the teacher of phase 1b speak, and measure it")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder))]
[IsDependentOn(typeof(FetchModels)), IsDependentOn(typeof(FetchWords)), IsDependentOn(typeof(Phase1b))]
public sealed class EvaluatePhase1b : StageTask;

[TaskDescription("Judge phase 1b: conversions sound like the voices asked for")]
[IsDependentOn(typeof(Phase1b))]
[IsDependentOn(typeof(EvaluatePhase1b))]
public sealed class GatePhase1b : StageTask;

[TaskDescription("Train the teacher in rooms, through microphones, with noise")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(TeacherVocoder)), IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Rooms)), IsDependentOn(typeof(Phase1b))]
[IsDependentOn(typeof(GatePhase1b))]
[Brings(typeof(GatePhase2), typeof(Report))]
public sealed class Phase2 : StageTask;

[TaskDescription("Let the teacher of phase 2 speak, and measure it")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder))]
[IsDependentOn(typeof(Rooms)), IsDependentOn(typeof(FetchModels)), IsDependentOn(typeof(FetchWords)), IsDependentOn(typeof(Phase2))]
public sealed class EvaluatePhase2 : StageTask;

[TaskDescription("Judge phase 2: no worse than phase 1b where it is dry, and in the room asked for")]
[IsDependentOn(typeof(EvaluatePhase1b))]
[IsDependentOn(typeof(Phase2))]
[IsDependentOn(typeof(EvaluatePhase2))]
public sealed class GatePhase2 : StageTask;

[TaskDescription("Let the teacher of phase 2 speak from noise, in everybody's voice, and keep noise and speech")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(GatePhase2))]
public sealed class ReflowPairs : StageTask;

[TaskDescription("Straighten the teacher's flow on these pairs, so that fewer steps will do")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(GatePhase2)), IsDependentOn(typeof(ReflowPairs))]
[Brings(typeof(GateReflow), typeof(Report))]
public sealed class Reflow : StageTask;

[TaskDescription("Let the straightened teacher speak, and measure it")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder))]
[IsDependentOn(typeof(FetchModels)), IsDependentOn(typeof(FetchWords)), IsDependentOn(typeof(Reflow))]
public sealed class EvaluateReflow : StageTask;

[TaskDescription("Judge the straightened teacher: no worse than that of phase 2")]
[IsDependentOn(typeof(EvaluatePhase2))]
[IsDependentOn(typeof(Reflow))]
[IsDependentOn(typeof(EvaluateReflow))]
public sealed class GateReflow : StageTask;

[TaskDescription("Keep the teacher's ways from noise to speech, in everybody's voice, for a student")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(GatePhase2)), IsDependentOn(typeof(Reflow)), IsDependentOn(typeof(GateReflow))]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Rooms))]
public sealed class Trajectories : StageTask;

[TaskDescription("Distil these ways into a student of one step: content encoder and converter")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(Trajectories)), IsDependentOn(typeof(StudentRooms))]
public sealed class DistillA : StageTask;

[TaskDescription("Go on by the distribution of what the teacher says")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(Trajectories)), IsDependentOn(typeof(StudentRooms))]
[IsDependentOn(typeof(DistillA)), IsDependentOn(typeof(TeacherVocoder)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(Reflow))]
public sealed class DistillB : StageTask;

[TaskDescription("Train the student's vocoder on recordings: magnitude and phase")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(MelStatistics))]
public sealed class StudentVocoder : StageTask;

[TaskDescription("Train the student's speaker encoder by the embeddings of the teacher's")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(SpeakerEncoder))]
public sealed class StudentVoices : StageTask;

[TaskDescription("Train the student to hear rooms")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(Rooms))]
public sealed class StudentRooms : StageTask;

[TaskDescription("Put the student's five networks together")]
[IsDependentOn(typeof(DistillA)), IsDependentOn(typeof(DistillB)), IsDependentOn(typeof(StudentVocoder)), IsDependentOn(typeof(StudentVoices))]
[IsDependentOn(typeof(StudentRooms))]
public sealed class Student : StageTask;

[TaskDescription("Write the student as ONNX files")]
[IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(Student))]
public sealed class Export : StageTask;

[TaskDescription("Judge the ONNX files: they compute what the student does")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(Student)), IsDependentOn(typeof(Export))]
public sealed class Parity : StageTask;

[TaskDescription("Write the ONNX files with int8 weights")]
[IsDependentOn(typeof(Student)), IsDependentOn(typeof(Export))]
public sealed class Quantize : StageTask;

[TaskDescription("Judge the files in int8: they compute nearly what those in float32 do")]
[IsDependentOn(typeof(Features)), IsDependentOn(typeof(Student)), IsDependentOn(typeof(Export)), IsDependentOn(typeof(Quantize))]
public sealed class ParityInt8 : StageTask;

[TaskDescription("Gather what was made into one page, artifacts/report/index.html")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(SpeakerEncoder))]
[IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder)), IsDependentOn(typeof(Phase0))]
[IsDependentOn(typeof(EvaluatePhase0)), IsDependentOn(typeof(GatePhase0)), IsDependentOn(typeof(Phase1a)), IsDependentOn(typeof(Phase1b))]
[IsDependentOn(typeof(EvaluatePhase1b)), IsDependentOn(typeof(GatePhase1b)), IsDependentOn(typeof(Phase2))]
[IsDependentOn(typeof(EvaluatePhase2)), IsDependentOn(typeof(GatePhase2)), IsDependentOn(typeof(Reflow))]
[IsDependentOn(typeof(EvaluateReflow)), IsDependentOn(typeof(GateReflow)), IsDependentOn(typeof(DistillA)), IsDependentOn(typeof(DistillB))]
[IsDependentOn(typeof(StudentVocoder)), IsDependentOn(typeof(StudentVoices)), IsDependentOn(typeof(StudentRooms))]
[IsDependentOn(typeof(Parity)), IsDependentOn(typeof(ParityInt8)), IsDependentOn(typeof(EvaluateStudent)), IsDependentOn(typeof(GateStudent))]
public sealed class Report : StageTask;

[TaskDescription("The report and all it needs, and the student's files and weights where the profile has one")]
[IsDependentOn(typeof(Report)), IsDependentOn(typeof(Package)), IsDependentOn(typeof(Student))]
public sealed class Default : FrostingTask<BuildContext>;

[TaskDescription("Gather the student's files with what they are")]
[IsDependentOn(typeof(MelStatistics)), IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(Reflow)), IsDependentOn(typeof(Student))]
[IsDependentOn(typeof(Export)), IsDependentOn(typeof(Parity)), IsDependentOn(typeof(Quantize)), IsDependentOn(typeof(ParityInt8))]
[Brings(typeof(GateStudent), typeof(Report), typeof(Student))]
public sealed class Package : StageTask;

[TaskDescription("Let the student's files convert held-out recordings hop by hop, beside its teacher, and measure them")]
[IsDependentOn(typeof(Preprocess)), IsDependentOn(typeof(Features)), IsDependentOn(typeof(MelStatistics))]
[IsDependentOn(typeof(SpeakerEncoder)), IsDependentOn(typeof(JudgeEncoder)), IsDependentOn(typeof(TeacherVocoder))]
[IsDependentOn(typeof(FetchModels)), IsDependentOn(typeof(FetchWords)), IsDependentOn(typeof(Phase2)), IsDependentOn(typeof(Reflow))]
[IsDependentOn(typeof(Student)), IsDependentOn(typeof(Package)), IsDependentOn(typeof(Rooms))]
public sealed class EvaluateStudent : StageTask;

[TaskDescription("Judge the student: its conversions are the voices asked for, in float32 and in INT8")]
[IsDependentOn(typeof(EvaluateStudent))]
public sealed class GateStudent : StageTask;

[TaskDescription("Download the networks of others that the profile uses")]
public sealed class FetchModels : StageTask;

[TaskDescription("Get the acoustic model that phones are told by, where content is phones")]
public sealed class FetchPhones : StageTask;

[TaskDescription("Get the models that words are understood by, where evaluations count word errors")]
public sealed class FetchWords : StageTask;

[TaskDescription("Restore everything that the profile's lock files name")]
[NeedsCache]
public sealed class Pull : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new LockedArtifacts(session).PullAsync(cancellation);
}

[TaskDescription("Bring everything that the profile's lock files name to the cache")]
[NeedsCache]
public sealed class Push : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new LockedArtifacts(session).PushAsync(cancellation);
}

[TaskDescription("Read and check everything that is stored here and in the cache; mend what is damaged")]
public sealed class CacheVerify : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new CacheCare(session).VerifyAsync(cancellation);
}

[TaskDescription("Delete from here and from the cache what no lock file names and nobody used for long")]
[Deletes]
public sealed class CacheGc : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new CacheCare(session).CollectAsync(cancellation);
}

[TaskDescription("Put the results of --stage here and at the git revision --with side by side: settings, metrics, sounds")]
public sealed class Compare : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new ResultComparison(session).RunAsync(cancellation);
}

[TaskName("Convert")] // the class would hide System.Convert
[TaskDescription("Say --input in the voice of --speaker, and write it to --output")]
[TakesAudio(".wav", Converts = true)]
public sealed class ConvertVoice : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new VoiceService(session).ConvertAsync(cancellation);
}

[TaskDescription("Make a speaker profile, --output, of the recordings in --input")]
[TakesAudio(".tmrvc_speaker")]
public sealed class Enroll : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new VoiceService(session).EnrollAsync(cancellation);
}

[TaskDescription("Look whether this machine has what a run needs: libraries, device, disk, cache")]
public sealed class Doctor : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new MachineCheck(session).RunAsync(cancellation);
}

[TaskDescription("Run every test; the last line counts them")]
public sealed class Test : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new TestSuite(session.Workplace.Root, session.Workplace.PackageSet, session.Workplace.Output).RunAsync(cancellation);
}

[TaskDescription("Measure against other tools, side by side")]
public sealed class Benchmark : ServiceTask
{
    private protected override Task<bool> SucceedsAsync(Session session, CancellationToken cancellation) =>
        new BenchmarkSuite(session.Workplace.Root, session.Workplace.PackageSet, session.Workplace.Output).RunAsync(cancellation);
}
