using Tmrvc.BuildGraph;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>A run of the default profile, in which only the learning rate of phase 0 had changed.</summary>
internal static class LedgerFixture
{
    public static RunLedger Write(string hostile = "") => new()
    {
        Profile = $"smoke{hostile}",
        Revision = "3f9c2d1a7b",
        Result = RunResult.Failed,
        Finished = new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero),
        Duration = TimeSpan.FromSeconds(312.4),
        Delivered = new DeliveredFiles("artifacts/models/smoke", "../models/smoke",
            [new DeliveredFile("fp32/converter.onnx", 21_400_112), new DeliveredFile("int8/converter_int8.onnx", 6_112_004), new DeliveredFile("metadata.json", 1_412)]),
        Stages =
        [
            Stage("FetchPrompts", "action", StageState.Cached, "the cache has its outputs", 41.2, [], ("prompts", 21_400_112)),
            Stage("FetchModels", "action", StageState.Restored, "outputs were in the store", 12, [], ("silero_vad_v6.onnx", 2_327_524)) with
            {
                Downloaded = 2_327_524,
            },
            Stage("PreprocessPrompts", "per item", StageState.Fresh, "", 93.7, ["FetchPrompts", "FetchModels"], ("utterances", 312_000_448)) with
            {
                Metrics = new Dictionary<string, double> { ["accepted_items"] = 2793, ["rejected_items"] = 2 },
                Quarantine =
                [
                    new RejectedItem($"es_MX_f_Allison/silence/10{hostile}.g722", "is silent: −91.3 LUFS, at least −70 allowed"),
                    new RejectedItem("en_US_f_Allison/beep.g722", "has 0.12 s of speech, at least 0.30 s allowed"),
                ],
            },
            Stage("FeaturesPrompts", "action", StageState.Fresh, "", 58.3, ["PreprocessPrompts"], ("shards", 288_112_640)),
            Stage("MelStatistics", "action", StageState.Fresh, "", 1.9, ["FeaturesPrompts"], ("statistics.json", 1_412)),
            Stage("SpeakerEncoder", "training", StageState.Fresh, "", 61.5, ["FeaturesPrompts", "MelStatistics"], ("model.safetensors", 6_112_004), ("metrics.jsonl", 18_322)),
            Stage("Phase0", "training", StageState.Ran, "settings.lr changed", 241.8, ["FeaturesPrompts", "MelStatistics", "SpeakerEncoder"],
                ("model.safetensors", 7_642_120), ("metrics.jsonl", 88_940)) with
            {
                Description = "Train phase 0 of the teacher",
                Changed = [new Change("settings.lr", "0.0002", $"0.0004{hostile}"), new Change("settings.ema", null, "0.999")],
                Manifest = [new ManifestEntry("kind", "training"), new ManifestEntry("settings.lr", "0.0004"), new ManifestEntry("settings.ema", "0.999", IsDefault: true),
                    new ManifestEntry("input.features", $"folder {Hash("FeaturesPrompts", 2)}"), new ManifestEntry("input.libtorch", "tool 1.13.1")],
                ManifestEntries = 12,
                Metrics = new Dictionary<string, double> { ["steps_per_second"] = 4.137, ["final_loss"] = 0.3816 },
                Cost = 0.08,
                ExpectedCost = 0.1,
                ExpectedDuration = TimeSpan.FromMinutes(5),
                Uploaded = 7_731_060,
            },
            Stage("EvaluatePhase0", "action", StageState.Ran, "input.teacher changed", 18.4, ["Phase0", "FeaturesPrompts", "SpeakerEncoder"], ("evaluation", 2_118_400)),
            Stage("GatePhase0", "gate", StageState.Rejected, $"secs: 0.61 found, > 0.7 allowed{hostile}", 0.2, ["EvaluatePhase0", "Phase0"], ("verdict.json", 511)),
            Stage("Export", "action", StageState.Blocked, "gate GatePhase0 did not pass", null, ["Phase0", "GatePhase0"]),
            Stage("Report", "action", StageState.Ran, "input.verdictgatephase0 changed", 0.6, ["SpeakerEncoder", "Phase0", "EvaluatePhase0", "GatePhase0"], ("content.json", 3_411_998)),
        ],
    };

    public static RunLedger WithEveryStage(this RunLedger ledger, StageState state) =>
        ledger with { Stages = [.. ledger.Stages.Select(stage => stage with { State = state })] };

    private static StageEntry Stage(
        string id, string kind, StageState state, string reason, double? seconds, string[] needs, params (string Name, long Bytes)[] outputs) => new()
    {
        Id = id,
        Kind = kind,
        State = state,
        Reason = reason,
        Key = Hash(id, 1),
        Duration = seconds is { } length ? TimeSpan.FromSeconds(length) : null,
        Made = seconds is null ? null : new DateTimeOffset(2026, 3, 14, 15, 1, 0, TimeSpan.Zero),
        Machine = seconds is null ? "" : "AMD EPYC, 2 cores, 25 GB, Debian GNU/Linux 12 (bookworm)",
        Revision = seconds is null ? "" : "8a41c07",
        Needs = needs,
        Outputs = [.. outputs.Select((output, index) => new StageArtifact(output.Name, Hash(id, index + 2), output.Bytes))],
    };

    private static string Hash(string id, int salt) => ArtifactStore.ContentHash.Of([.. id.Select(c => (byte)c), (byte)salt]).ToString();
}
