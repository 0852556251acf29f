using Tmrvc.Audio;

namespace Tmrvc.Features.Tests;

/// <summary>Made-up responses, as files in the layouts of the corpora.</summary>
internal static class ResponseCorpora
{
    /// <summary>A direct sound after 20 ms, then noise that decays by 60 dB in <paramref name="seconds"/>.</summary>
    internal static AudioBuffer Response(double seconds, int sampleRate, int seed, double amplitude = 0.8)
    {
        var random = new Random(seed);
        var samples = new float[(int)((0.02 + 1.1 * seconds) * sampleRate)];
        var direct = sampleRate / 50;
        for (var n = direct + 1; n < samples.Length; n++)
            samples[n] = (float)(0.1 * amplitude * (2 * random.NextDouble() - 1) * Math.Pow(10, -3 * (n - direct) / (seconds * sampleRate)));
        samples[direct] = (float)amplitude;
        return new AudioBuffer(samples, sampleRate);
    }

    /// <summary>Three rooms and their traps: recordings of silence, files elsewhere, a damaged one, an empty one, one of two channels.</summary>
    internal static void WriteButReverbDb(string root)
    {
        foreach (var (room, seconds) in new[] { ("VUT_FIT_Q301", 0.5), ("VUT_FIT_L207", 0.9), ("Hotel_SkalskyDvur_ConferenceRoom2", 0.7) })
            for (var speaker = 1; speaker <= 2; speaker++)
            {
                var place = $"{room}/MicID01/SpkID0{speaker}_20171225_S/0{speaker}";
                Write(root, $"{place}/RIR/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", Response(seconds, 16000, speaker));
                Write(root, $"{place}/silence/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", Response(seconds, 16000, 9));
                Write(root, $"{place}/RIR/backup/IR_sweep_15s_45Hzto22kHz_FS16kHz.v00.wav", Response(seconds, 16000, 9));
            }
        File.WriteAllText(New(root, "VUT_FIT_Q301/MicID01/SpkID01_20171225_S/01/mic_meta.txt"), "$EnvMic1Depth 3.0");
        File.WriteAllBytes(New(root, "VUT_FIT_Q301/MicID01/SpkID03_20171225_S/03/RIR/cut.wav"), "RIFF...."u8.ToArray());
        Write(root, "VUT_FIT_Q301/MicID01/SpkID04_20171225_S/04/RIR/silent.wav", new AudioBuffer(new float[8000], 16000));
        File.WriteAllBytes(New(root, "VUT_FIT_Q301/MicID01/SpkID05_20171225_S/05/RIR/two.wav"), TwoChannels(Response(0.5, 16000, 5)));
    }

    /// <summary>
    /// Its nine rooms in the database's names, a hall that decays for 7 s among them, and its traps: a script, a damaged file, one
    /// without a rate.
    /// </summary>
    internal static void WriteAir(string root)
    {
        foreach (var (name, seconds) in new[]
            { ("binaural_booth_0_1_1", 0.15), ("binaural_office_0_1_1", 0.4), ("binaural_meeting_1_0_2", 0.25), ("binaural_lecture_0_1_3", 0.8),
              ("phone_lecture1_hhp_1", 0.7), ("binaural_aula_carolina_1_1_1_90_3", 7), ("binaural_stairway_0_1_1_30", 0.9),
              ("binaural_stairway_1_1_3_150", 0.8), ("phone_BT_stairway2_hfrp", 1.1), ("phone_kitchen_hfrp_0", 0.3), ("phone_bathroom_hhp", 0.6),
              ("phone_corridor_hfrp", 1) })
            MatlabWriter.WriteAir(New(root, $"AIR_1_4/air_{name}.mat"), Response(seconds, 48000, name.Length).Samples, 48000, name);
        File.WriteAllText(New(root, "AIR_1_4/load_air.m"), "function [h_air,air_info] = load_air(airpar)");
        var damaged = New(root, "AIR_1_4/air_binaural_office_0_1_2.mat");
        File.WriteAllBytes(damaged, File.ReadAllBytes(New(root, "AIR_1_4/air_binaural_office_0_1_1.mat"))[..2000]);
        MatlabWriter.WriteAir(New(root, "AIR_1_4/air_binaural_office_0_1_3.mat"), Response(0.4, 48000, 1).Samples, 0, "office");
    }

    internal static string New(string root, string path)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    /// <summary>A WAV file whose second channel is the first one, later.</summary>
    private static byte[] TwoChannels(AudioBuffer audio)
    {
        var mono = AudioFile.Wav16(audio).AsSpan()[44..];
        var file = new byte[44 + 2 * mono.Length];
        AudioFile.Wav16(audio).AsSpan(0, 44).CopyTo(file);
        foreach (var (place, value) in new[] { (4, file.Length - 8), (28, 4 * audio.SampleRate), (40, 2 * mono.Length) })
            BitConverter.TryWriteBytes(file.AsSpan(place), value);
        (file[22], file[32]) = (2, 4);
        for (var n = 0; n < mono.Length; n += 2)
        {
            mono.Slice(n, 2).CopyTo(file.AsSpan(44 + 2 * n));
            mono.Slice(Math.Max(0, n - 200), 2).CopyTo(file.AsSpan(46 + 2 * n));
        }
        return file;
    }

    private static void Write(string root, string path, AudioBuffer audio) => AudioFile.WriteWav16(New(root, path), audio);
}
