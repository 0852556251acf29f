using System.Text.Json;
using Tmrvc.SafeTensors;

namespace Tmrvc.Reporting.Tests.Support;

/// <summary>Writes an evaluation's folder the way the evaluation stage does.</summary>
internal static class EvaluationFixture
{
    /// <param name="alsoSaid">An utterance reconstructed beside the others; null for none.</param>
    /// <param name="alsoInto">Whom the converted utterance is converted to, too; null for nobody.</param>
    public static string Write(string folder, string hostile = "", string? alsoSaid = null, string? alsoInto = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "audio"));
        var mels = new SafeTensorsWriter();
        object[] samples =
        [
            Reconstruction(folder, mels, 0, $"en_US_f_Allison/vm-goodbye{hostile}", "Allison-en", $"Goodbye, and thank you for calling.{hostile}", 240, 205),
            Reconstruction(folder, mels, 1, "ru_RU_f_IvrvoiceRU/vm-Семь-сообщений", "IvrvoiceRU", "У вас семь сообщений.", 180, 190),
            .. alsoSaid is null ? [] : new[] { Reconstruction(folder, mels, 3, alsoSaid, "Allison-en", "", 310, 205) },
            Conversion(folder, mels, 2, "Carlo-it"),
            .. alsoInto is null ? [] : new[] { Conversion(folder, mels, 4, alsoInto) },
            new { id = "en_US_f_Allison/conf-adminmenu", kind = "conversion", speaker = "Allison-en", targetSpeaker = "June-fr", signals = Array.Empty<object>() },
        ];
        mels.Save(Path.Combine(folder, "mels.safetensors"));
        File.WriteAllText(Path.Combine(folder, "evaluation.json"), JsonSerializer.Serialize(Description(samples)));
        return folder;
    }

    private static object Description(object[] samples) => new
    {
        stage = "Phase0",
        sampleRate = 24000,
        hopLength = 240,
        melFmin = 0,
        melFmax = 12000,
        settings = new { sampler = "euler", steps = 10, seed = 1 },
        figures = new object[]
        {
            new { name = "mel L1", value = 0.4127, unit = "nat", note = "reconstruction", count = 8, standardError = 0.0213 },
            new { name = "F0 correlation", value = 0.931, unit = "", note = "voiced frames" },
            new { name = "UTMOS", value = (double?)null, unit = "", note = "not computed: no model configured" },
            new { name = "SECS of real recordings of one speaker", value = 0.859, unit = "", note = "" },
            new { name = "SECS of real recordings of two speakers", value = 0.112, unit = "", note = "" },
        },
        samples,
        systems = new object[]
        {
            new { name = "Teacher", note = "10 Euler steps", figures = new object[] { new { name = "SECS of conversions", value = 0.834, unit = "", standardError = 0.016 } } },
            new { name = "INT8", figures = new object[] { new { name = "SECS of conversions", value = 0.71, unit = "" }, new { name = "Latency", value = 40.0, unit = "ms" } } },
        },
        laterAddition = true,
    };

    private static object Reconstruction(
        string folder, SafeTensorsWriter mels, int number, string id, string speaker, string text, int frames, double pitch) => new
    {
        id,
        kind = "reconstruction",
        speaker,
        targetSpeaker = (string?)null,
        text,
        signals = new[]
        {
            Signal(folder, mels, number, "target", frames, pitch, 0, null),
            Signal(folder, mels, number, "generated", frames, pitch, 0.8, "Griffin-Lim, 10 Euler steps"),
        },
        figures = new[] { new { name = "mel L1", value = 0.40 + number / 50.0, unit = "nat" } },
    };

    private static object Conversion(string folder, SafeTensorsWriter mels, int number, string target) => new
    {
        id = "en_US_f_Allison/conf-adminmenu",
        kind = "conversion",
        speaker = "Allison-en",
        targetSpeaker = target,
        text = "Please press one to mute or unmute yourself.",
        signals = new[]
        {
            Signal(folder, mels, number, "source", 310, 205, 0, null),
            Signal(folder, mels, number, "reference", 260, 118, 0, "another utterance"),
            Signal(folder, mels, number, "generated", 310, 118, 0.8, "Griffin-Lim, 10 Euler steps"),
        },
    };

    private static object Signal(
        string folder, SafeTensorsWriter mels, int number, string role, int frames, double pitch, double blur, string? note)
    {
        mels.Add($"{number}/{role}", SyntheticVoice.LogMel(frames, pitch, blur), SyntheticVoice.Bins, frames);
        File.WriteAllBytes(Path.Combine(folder, "audio", $"{number}-{role}.wav"), SyntheticVoice.Wav(frames, pitch));
        return new { role, mel = $"{number}/{role}", audio = $"audio/{number}-{role}.wav", note };
    }
}
