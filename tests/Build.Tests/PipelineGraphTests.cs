using Tmrvc.Build.Tests.Support;
using Tmrvc.BuildGraph;
using Tmrvc.Configuration;
using Tmrvc.Corpora;
using Tmrvc.Evaluation;
using Tmrvc.Features;
using Tmrvc.Training;

namespace Tmrvc.Build.Tests;

public sealed class PipelineGraphTests
{
    private static readonly PipelineConfiguration Profile = ConfigurationLoader.Load<PipelineConfiguration>(
        new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root), []);

    /// <summary>The teacher alone.</summary>
    private static readonly PipelineConfiguration Smoke = Profile with { Student = Profile.Student with { Phase = StudentPhase.None } };

    private static readonly FolderDataset Folder = new()
    {
        Path = "voices",
        Preprocess = new PreprocessSettings { Corpus = new CorpusSettings { Name = "voices" } },
    };

    private static readonly FeaturesSettings WithPhones = Smoke.Features with { Content = ContentKind.Phones };

    private static readonly PipelineConfiguration WithAllCorpora =
        Smoke with
        {
            Folder = Folder, Datasets = ["prompts", "folder", "vctk", "jvs", "libritts_r"],
            Features = Smoke.Features with { Content = ContentKind.ContentVec, F0 = F0Kind.Rmvpe, Speaker = SpeakerKind.Ecapa },
            Rooms = Smoke.Rooms with { InUse = ["air", "but_reverb_db", "synthetic"] },
            TeacherPhases = ["0", "1a", "1b", "2", "reflow"],
            Student = Smoke.Student with { Phase = StudentPhase.B },
            Evaluation = Smoke.Evaluation with { Waveforms = WaveformKind.Vocoder, Opinion = OpinionKind.Utmos, Words = WordsKind.PocketSphinx },
        };

    [Test]
    public void The_attributes_of_the_tasks_are_the_inputs_of_the_stages()
    {
        StageGraph[] graphs = [Compose(WithAllCorpora), Compose(WithAllCorpora with { Features = WithPhones, Student = Smoke.Student with { Phase = StudentPhase.A } }),
            Compose(WithAllCorpora with { TeacherPhases = ["0", "1a", "1b", "2"] })];
        var stages = graphs.SelectMany(graph => graph.Stages).ToList();
        var tasks = TaskCatalog.OfThisAssembly().All.Where(task => task.IsStage).ToList();

        Assert.That(
            tasks.SelectMany(task => StagesBehind(task).Select(needed => $"{task.Name} needs {needed}")),
            Is.EquivalentTo(stages.SelectMany(stage => StageGraph.Producers(stage).Select(needed => $"{stage.Id} needs {needed}")).Distinct()));
        Assert.That(tasks.Select(task => task.Name), Is.EquivalentTo(stages.Select(stage => stage.Id.Value).Distinct()));
    }

    [Test]
    public void A_corpus_that_is_left_out_takes_its_stages_with_it()
    {
        Assert.That(Names(Smoke).Where(name => name.EndsWith("Folder", StringComparison.Ordinal)), Is.Empty);
        Assert.That(
            Names(Smoke with { Folder = Folder, Datasets = ["folder"] }), Does.Contain("FeaturesFolder").And.Not.Contain("FetchPrompts"));
    }

    [Test]
    public void The_full_profile_is_that_of_the_published_corpora()
    {
        var full = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("full", Repository.Root), []);

        Assert.That(full.Corpora().Select(corpus => corpus.Name), Is.EqualTo(["vctk", "jvs", "libritts_r"]));
        Assert.That(Names(full), Is.SupersetOf(
            from verb in new[] { "Fetch", "Extract", "Preprocess", "Features" }
            from title in new[] { "Vctk", "Jvs", "LibriTtsR" }
            select verb + title));
        Assert.That(
            Compose(full).Stages.Single(stage => stage.Id.Value == "Phase0").Inputs.Select(input => input.Name).Where(name => name.StartsWith("features_", StringComparison.Ordinal)),
            Is.EqualTo(["features_FeaturesVctk", "features_FeaturesJvs"]));
    }

    [Test]
    public void The_full_profile_extracts_by_networks_of_others_and_the_smoke_profile_by_none()
    {
        var full = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("full", Repository.Root), []);

        Assert.That((full.Features.Content, full.Features.F0, full.Features.Speaker), Is.EqualTo((ContentKind.ContentVec, F0Kind.Rmvpe, SpeakerKind.Ecapa)));
        Assert.That(
            Compose(full).Stages.Single(stage => stage.Id.Value == "FetchModels").Outputs, Is.EqualTo(["vec-768-layer-12.onnx", "rmvpe.onnx", "ecapa_tdnn.onnx"]));
        Assert.That(Names(Smoke), Does.Not.Contain("FetchModels"));
    }

    [Test]
    public void A_network_that_nothing_is_known_of_is_a_mistake_of_the_configuration()
    {
        var unknown = Smoke with
        {
            Features = Smoke.Features with { F0 = F0Kind.Rmvpe }, Pretrained = new(), SpeakerEncoder = Smoke.SpeakerEncoder with { Regression = 1 },
        };

        Assert.That(unknown.Mistakes(), Is.EqualTo(new[]
        {
            ("features", "needs the network 'rmvpe', of which pretrained.files knows nothing; describe it there"),
            ("speaker_encoder.regression", "found 1, which needs features.speaker to be ecapa; 0 is allowed otherwise"),
        }));
    }

    [Test]
    public void Without_the_features_step_a_corpus_is_prepared_and_not_trained_on()
    {
        var prepared = Smoke.Doing([PreprocessStep.Resample, PreprocessStep.Normalize]);

        Assert.That(Names(prepared), Is.EqualTo(["FetchPrompts", "PreprocessPrompts", "ResponsesSynthetic", "Report"]));
    }

    [Test]
    public void The_default_target_reaches_every_stage_of_the_profile()
    {
        var tasks = TaskCatalog.OfThisAssembly();
        var graph = Compose(Smoke);
        var rooms = tasks.Stages(tasks.Targets(["Rooms"]), graph);

        Assert.That(tasks.Stages(tasks.Targets(["Default"]), graph), Is.EqualTo(new StageId[] { "Report" }), "what it needs, the graph knows");
        Assert.That(graph.Needed(["Report"]), Is.EqualTo(graph.Stages));
        Assert.That(tasks.Stages(tasks.Targets(["Report", "Phase0"]), graph), Is.EqualTo(new StageId[] { "Phase0", "Report" }));
        Assert.That(rooms.Select(stage => stage.Value), Is.EqualTo(["ResponsesSynthetic"]));
    }

    [Test]
    public void The_full_profile_has_rooms_of_all_three_kinds()
    {
        var full = ConfigurationLoader.Load<PipelineConfiguration>(new ConfigurationFiles(Repository.Root).Read("full", Repository.Root), []);

        Assert.That(full.Rooms.ResponseStages.Select(stage => stage.Value), Is.EqualTo(["ResponsesAir", "ResponsesButReverbDb", "ResponsesSynthetic"]));
        Assert.That(Names(full), Is.SupersetOf(full.Rooms.ResponseStages.Select(stage => stage.Value)));
    }

    [Test]
    public void Unknown_and_missing_rooms_are_refused_all_at_once()
    {
        var rooms = Smoke.Rooms with { InUse = ["hair", "air", "synthetic"], Air = null, Synthetic = Smoke.Rooms.Synthetic with { Name = "air" } };

        Assert.That(rooms.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}"), Is.EqualTo(new[]
        {
            "in_use: unknown corpus of rooms 'hair'; did you mean 'air'? Known: air, but_reverb_db, synthetic.",
            "in_use: lists air, which has no section",
        }));
    }

    [Test]
    public void Unknown_corpora_and_phases_are_refused_all_at_once()
    {
        var fault = Assert.Throws<ConfigurationException>(() => ConfigurationLoader.Load<PipelineConfiguration>(
            [
                .. new ConfigurationFiles(Repository.Root).Read("smoke", Repository.Root),
                new("mine.yaml", """
                    datasets: [vctq, jvs]
                    jvs: ~
                    folder: {path: voices}
                    phases:
                      '0': {datasets: [vctk]}
                      '7': {}
                    """),
            ], []));

        Assert.That(fault!.Mistakes.Select(mistake => mistake.ToString()), Is.EqualTo(new[]
        {
            "mine.yaml:1:1: datasets: unknown corpus 'vctq'; did you mean 'vctk'? Known: folder, jvs, libritts_r, prompts, vctk.",
            "mine.yaml:1:1: datasets: lists jvs, which has no section; take it off the list, or give it one as in configs/datasets.yaml",
            "mine.yaml:3:1: folder: is not listed in datasets; list it, or leave the section out",
            "mine.yaml:5:9: phases.0.datasets: found vctk, a corpus that datasets lists is allowed: vctq, jvs",
            "mine.yaml:6:3: phases.7: unknown phase; Known: 0, 1a, 1b, 2, reflow.",
        }));
    }

    [Test]
    public void A_phase_resumes_from_one_before_it_that_has_the_same_preset()
    {
        var phases = new Dictionary<string, Training.TeacherPhaseSettings>(Smoke.Phases) { ["1b"] = Smoke.Phases["1b"] with { Preset = "base" } };
        var tangled = Smoke with { TeacherPhases = ["0", "1b", "1a", "3"], Phases = phases, JudgeEncoder = Smoke.SpeakerEncoder };

        Assert.That(tangled.Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}"), Is.EqualTo(new[]
        {
            "teacher_phases: lists 3, which has no section in phases: 0, 1a, 1b, 2, reflow",
            "phases.1b.resumes_from: found 1a, a phase that teacher_phases lists before 1b is allowed: 0",
            "judge_encoder: is the speaker encoder that the teacher is conditioned by; give it another seed or another number of channels",
        }));
        Assert.That(
            (Smoke with { Phases = phases }).Mistakes().Select(mistake => $"{mistake.Property}: {mistake.Message}").First(),
            Is.EqualTo("phases.1b.preset: found base, phase 1a, which it resumes from, is tiny; make them equal"));
    }

    [Test]
    public void A_gate_asks_for_no_figure_that_nothing_computes()
    {
        var deaf = Smoke with { Evaluation = Smoke.Evaluation with { Embedder = EmbedderKind.None } };

        Assert.That(deaf.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "gates.0", "gates.1b", "gates.2" }));
    }

    [Test]
    public void The_network_that_conditions_the_teacher_does_not_judge_it()
    {
        var pleased = WithAllCorpora with
        {
            Features = WithAllCorpora.Features with { Speaker = SpeakerKind.Ecapa },
            Evaluation = WithAllCorpora.Evaluation with { Embedder = EmbedderKind.Ecapa },
        };

        Assert.That(pleased.Mistakes().Select(mistake => mistake.Property), Does.Contain("evaluation.embedder"));
    }

    [Test]
    public void Rooms_are_neither_asked_of_a_phase_that_is_never_in_one_nor_trained_in_without_any()
    {
        var dry = new Dictionary<string, Training.TeacherPhaseSettings>(Smoke.Phases)
        {
            ["2"] = Smoke.Phases["2"] with { Losses = Smoke.Phases["2"].Losses with { Ir = 0 } },
        };
        var roomless = Smoke with { Phases = dry, Rooms = Smoke.Rooms with { InUse = [] } };

        Assert.That(roomless.Mistakes().Select(mistake => mistake.Property), Is.EqualTo(new[] { "gates.2", "phases.2.augmentation.room_probability" }));
    }

    [Test]
    public void A_profile_of_phase_0_alone_has_neither_the_other_phases_nor_what_only_they_need()
    {
        var alone = Smoke with
        {
            TeacherPhases = ["0"],
            Evaluation = Smoke.Evaluation with { Embedder = EmbedderKind.None, Waveforms = WaveformKind.GriffinLim },
        };

        Assert.That(Names(alone).Where(name => name is "TeacherVocoder" or "JudgeEncoder" or "Phase1a"), Is.Empty);
    }

    [Test]
    public void Reflow_waits_for_the_verdict_on_phase_2_and_learns_from_what_its_teacher_said()
    {
        var straightened = Compose(Smoke with { TeacherPhases = [.. Smoke.TeacherPhases, "reflow"] });
        var (pairs, reflow) = (Producers("ReflowPairs"), Producers("Reflow"));

        Assert.That(Names(Smoke).Where(name => name.Contains("Reflow", StringComparison.Ordinal)), Is.Empty, "it is optional");
        Assert.That(pairs, Is.SupersetOf(new[] { "Phase2", "GatePhase2", "SpeakerEncoder" }));
        Assert.That(reflow, Is.SupersetOf(pairs.Append("ReflowPairs")));
        Assert.That(Producers("GateReflow"), Is.EquivalentTo(new[] { "Reflow", "EvaluateReflow", "EvaluatePhase2" }));

        IEnumerable<string> Producers(string stage) => StageGraph.Producers(straightened.Stages.Single(made => made.Id.Value == stage)).Select(id => id.Value).Distinct();
    }

    [Test]
    public void A_student_is_distilled_from_the_last_teacher_once_that_has_passed_and_its_files_wait_for_their_gates()
    {
        var graph = Compose(Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A } });

        Assert.That(Names(Smoke), Does.Not.Contain("Trajectories").And.Not.Contain("Export").And.Not.Contain("EvaluateStudent"), "no student is asked for");
        Assert.That(Producers("Trajectories"), Is.SupersetOf(new[] { "Phase2", "GatePhase2", "SpeakerEncoder" }));
        Assert.That((InRooms(graph), InRooms(Compose(Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A }, TeacherPhases = ["0", "1a"] }))),
            Is.EqualTo((Smoke.Student.Trajectories.Augmentation!.RoomProbability, 0.0)), "a teacher that knows no rooms says nothing in them");
        Assert.That(Producers("Student"), Is.EquivalentTo(new[] { "DistillA", "StudentVocoder", "StudentVoices", "StudentRooms" }));
        Assert.That(Producers("Package"), Is.SupersetOf(new[] { "Parity", "ParityInt8", "Phase2" }));
        Assert.That(Producers("EvaluateStudent"), Is.SupersetOf(new[] { "Package", "Student", "Phase2", "JudgeEncoder", "SpeakerEncoder", "PreprocessPrompts", "ResponsesSynthetic" }));
        Assert.That(Producers("GateStudent"), Is.EqualTo(new[] { "EvaluateStudent" }));
        Assert.That((Gate(["0", "1a", "1b", "2"]).Rt60Correlation, Gate(["0", "1a"]).Rt60Correlation), Is.EqualTo((0.3, (double?)null)), "rooms are asked for where the teacher knows them");
        Assert.That(Producers("Report"), Is.SupersetOf(new[] { "EvaluateStudent", "GateStudent", "Parity", "ParityInt8" }));
        Assert.That((Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A }, Rooms = new() }).Mistakes().Select(mistake => mistake.Property), Does.Contain("student.phase"));

        static StudentGateSettings Gate(string[] phases) => (StudentGateSettings)Compose(Smoke with
        {
            TeacherPhases = phases, Student = Smoke.Student with { Phase = StudentPhase.A, Gate = Smoke.Student.Gate with { Rt60Correlation = 0.3 } },
        }).Stages.OfType<StudentGate>().Single().Settings!;
        static double InRooms(StageGraph graph) =>
            ((TrajectoriesStageSettings)graph.Stages.OfType<TrajectoriesStage>().Single().Settings!).Trajectories.Augmentation!.RoomProbability;
        IEnumerable<string> Producers(string stage) => StageGraph.Producers(graph.Stages.Single(made => made.Id.Value == stage)).Select(id => id.Value).Distinct();
    }

    [Test]
    public void A_student_of_phase_B_goes_on_from_that_of_A_and_is_what_is_put_together()
    {
        var configuration = Smoke with { Student = Smoke.Student with { Phase = StudentPhase.B }, TeacherPhases = ["0"] };
        var graph = Compose(configuration);

        Assert.That(configuration.NeedsVocoder, Is.True, "a loss on waveforms listens through it");
        Assert.That(Producers("DistillB"), Is.SupersetOf(new[] { "DistillA", "Trajectories", "Phase0", "TeacherVocoder", "SpeakerEncoder", "StudentRooms" }));
        Assert.That(Producers("Student"), Is.EquivalentTo(new[] { "DistillB", "StudentVocoder", "StudentVoices", "StudentRooms" }));

        IEnumerable<string> Producers(string stage) => StageGraph.Producers(graph.Stages.Single(made => made.Id.Value == stage)).Select(id => id.Value).Distinct();
    }

    [Test]
    public void The_default_run_ends_with_the_students_files_and_their_verdict_where_the_profile_has_a_student()
    {
        var tasks = TaskCatalog.OfThisAssembly();
        Assert.That(Asked(Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A } }), Is.EquivalentTo(new[] { "Package", "Report", "Student" }));
        Assert.That(Asked(Smoke with { Student = Smoke.Student with { Phase = StudentPhase.None } }), Is.EqualTo(new[] { "Report" }));

        IEnumerable<string> Asked(PipelineConfiguration configuration) =>
            tasks.Stages(tasks.Targets(["Default"]), Compose(configuration)).Select(stage => stage.Value);
    }

    [Test]
    public void A_gate_of_the_student_that_compares_voices_needs_somebody_who_can() => Assert.That(
        (Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A }, Evaluation = Smoke.Evaluation with { Embedder = EmbedderKind.None }, Gates = new Dictionary<string, TeacherGateSettings>() })
            .Mistakes().Select(mistake => mistake.Property),
        Does.Contain("student.gate"));

    [Test]
    public void A_phase_brings_its_gate_along_and_the_last_one_the_report()
    {
        Assert.That(Brought(Smoke, "Phase0"), Is.EqualTo(new[] { "Phase0", "GatePhase0" }));
        Assert.That(Brought(Smoke, "Phase1a"), Is.EqualTo(new[] { "Phase1a" }), "it has no gate");
        Assert.That(Brought(Smoke, "Phase2"), Is.EqualTo(new[] { "Phase2", "GatePhase2", "Report" }));
        Assert.That(Brought(Smoke, "MelStatistics"), Is.EqualTo(new[] { "MelStatistics" }));
        Assert.That(Brought(Smoke with { Gates = new Dictionary<string, TeacherGateSettings>() }, "Phase0"), Is.EqualTo(new[] { "Phase0" }));

        var reflow = Smoke with { TeacherPhases = [.. Smoke.TeacherPhases, "reflow"] };
        Assert.That(Brought(reflow, "Phase2"), Is.EqualTo(new[] { "Phase2", "GatePhase2" }), "the report would need another phase");
        var student = Smoke with { Student = Smoke.Student with { Phase = StudentPhase.A } };
        Assert.That(Brought(student, "Phase2"), Is.EqualTo(new[] { "Phase2", "GatePhase2" }), "the report would need a student");
        Assert.That(Brought(student, "Package"), Is.EquivalentTo(new[] { "Package", "GateStudent", "Report", "Student" }), "files and weights are of one student");
        Assert.That(Brought(reflow, "Reflow"), Is.EqualTo(new[] { "Reflow", "GateReflow", "Report" }));

        static IEnumerable<string> Brought(PipelineConfiguration configuration, string target)
        {
            var tasks = TaskCatalog.OfThisAssembly();
            return tasks.WithBrought(tasks.Targets([target]), Compose(configuration)).Select(task => task.Name);
        }
    }

    [Test]
    public void F0_of_what_is_generated_is_tracked_as_that_of_the_features_was_and_words_are_understood_where_asked_for()
    {
        Assert.That(Inputs(Smoke).Intersect(["rmvpe", "words"]), Is.Empty);
        Assert.That(Inputs(Smoke with { Features = Smoke.Features with { F0 = F0Kind.Rmvpe } }), Does.Contain("rmvpe"));
        Assert.That(Inputs(Smoke with { Evaluation = Smoke.Evaluation with { Words = WordsKind.PocketSphinx } }), Does.Contain("words"));

        static IEnumerable<string> Inputs(PipelineConfiguration configuration) =>
            Compose(configuration).Stages.Single(stage => stage.Id.Value == "EvaluatePhase0").Inputs.Select(input => input.Name);
    }

    [Test]
    public void Corpora_of_one_name_are_refused()
    {
        var twins = WithAllCorpora with { Jvs = WithAllCorpora.Jvs! with { Preprocess = WithAllCorpora.Vctk!.Preprocess } };

        Assert.That(twins.Mistakes(), Is.EqualTo([("jvs.preprocess.corpus.name", "found 'vctk', which is the name of vctk already")]));
    }

    [Test]
    public void What_holds_speech_of_jvs_stays_on_the_machine_and_models_do_not()
    {
        var confined = Compose(WithAllCorpora).Confined;

        Assert.That(confined.All.Select(stage => stage.Value), Is.EquivalentTo(
            new[] { "FetchJvs", "ExtractJvs", "PreprocessJvs", "FeaturesJvs", "EvaluatePhase0", "EvaluatePhase1b", "EvaluatePhase2", "ReflowPairs", "EvaluateReflow", "Trajectories", "EvaluateStudent", "Report" }));
        Assert.That(confined.ReasonOf("Report"), Is.EqualTo("the licence of jvs_ver1.zip (research or personal use, no redistribution of the audio)"));
    }

    [Test]
    public void The_number_of_workers_holds_for_every_corpus()
    {
        var four = WithAllCorpora.By(4);

        Assert.That(four.Corpora().Select(corpus => corpus.Dataset.Preprocess.Workers).Append(four.Features.Workers), Is.All.EqualTo(4));
    }

    [Test]
    public void One_option_puts_every_network_on_one_device()
    {
        var onCpu = Smoke.On(Training.DeviceChoice.Cpu);

        Assert.That(onCpu.Phases["0"].Runtime.Device, Is.EqualTo(Training.DeviceChoice.Cpu));
        Assert.That(onCpu.Features.Provider, Is.EqualTo(InferenceProvider.Cpu));
        Assert.That((onCpu.Student.DistillA.Runtime.Device, onCpu.Student.Trajectories.Runtime.Device), Is.EqualTo((Training.DeviceChoice.Cpu, Training.DeviceChoice.Cpu)));
        Assert.That((onCpu.SpeakerEncoder.Runtime.Device, onCpu.Evaluation.Device), Is.EqualTo((Training.DeviceChoice.Cpu, Training.DeviceChoice.Cpu)));
    }

    [Test]
    public void What_is_left_to_be_found_out_is_settled_and_what_was_chosen_stays()
    {
        var chosen = Smoke with { Evaluation = Smoke.Evaluation with { Device = Training.DeviceChoice.Cpu } };
        var settled = chosen.Settled(Training.DeviceChoice.Cuda);

        Assert.That((settled.Phases["0"].Runtime.Device, settled.Evaluation.Device), Is.EqualTo((Training.DeviceChoice.Cuda, Training.DeviceChoice.Cpu)));
        Assert.That((chosen.LeavesDeviceOpen(), settled.LeavesDeviceOpen()), Is.EqualTo((true, false)));
    }

    /// <summary>Of what a task depends on; a task that only gathers others stands for them.</summary>
    private static IEnumerable<string> StagesBehind(TaskEntry task) => task.Needs
        .Select(name => TaskCatalog.OfThisAssembly().All.Single(other => other.Name == name))
        .SelectMany(needed => needed.IsStage ? [needed.Name] : StagesBehind(needed));

    private static StageGraph Compose(PipelineConfiguration configuration) =>
        new PipelineGraph(configuration, Repository.Root, TimeProvider.System).Compose();

    private static IEnumerable<string> Names(PipelineConfiguration configuration) =>
        Compose(configuration).Stages.Select(stage => stage.Id.Value);
}
