using System.Runtime.InteropServices;
using Tmrvc.Audio.Native;

namespace Tmrvc.Audio;

/// <summary>
/// What is said, by PocketSphinx with its model of US English. Every utterance is heard for itself: what was said before changes nothing.
/// One instance per thread; one takes about 100 MB.
/// </summary>
public sealed class SpeechRecognizer : IDisposable
{
    private const int SampleRate = 16000;
    private const string Acoustics = "en-us";
    private const string Language = "en-us.lm.bin";
    private const string Pronunciations = "cmudict-en-us.dict";

    private readonly PocketSphinx.Options _options;
    private readonly PocketSphinx.Decoder _decoder;

    /// <param name="folder">Of the package pocketsphinx-en-us, usr/share/pocketsphinx/model/en-us: acoustics, language and pronunciations.</param>
    /// <exception cref="UnusableAcousticModelException">A part of the model is missing or broken.</exception>
    public SpeechRecognizer(string folder)
    {
        string[] parts = [Path.Combine(folder, Acoustics), Path.Combine(folder, Language), Path.Combine(folder, Pronunciations)];
        if (parts.FirstOrDefault(part => !Path.Exists(part)) is { } missing)
            throw new UnusableAcousticModelException($"{missing}: is not there; the folder of pocketsphinx-en-us that holds {Acoustics}/ is allowed");
        PocketSphinx.err_set_logfp(0);
        string[] arguments = ["-hmm", parts[0], "-lm", parts[1], "-dict", parts[2]];
        _options = PocketSphinx.cmd_ln_parse_r(0, PocketSphinx.ps_args(), arguments.Length, arguments, strict: 1);
        _decoder = PocketSphinx.ps_init(_options);
        if (!_decoder.IsInvalid)
            return;
        Dispose();
        throw new UnusableAcousticModelException($"{folder}: PocketSphinx takes none of it for a model; unpack pocketsphinx-en-us again");
    }

    /// <returns>Words of the model's dictionary, in lower case; none where nothing was understood.</returns>
    public IReadOnlyList<string> Words(AudioBuffer speech)
    {
        var samples = Pcm16.Quantize(Resampler.Resample(speech, SampleRate).Samples);
        Require(PocketSphinx.ps_start_utt(_decoder));
        Require(PocketSphinx.ps_process_raw(_decoder, samples, (nuint)samples.Length, withoutSearch: 0, isWholeUtterance: 1));
        Require(PocketSphinx.ps_end_utt(_decoder));
        return Marshal.PtrToStringUTF8(PocketSphinx.ps_get_hyp(_decoder, out _))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _options.Dispose();
    }

    private static void Require(int result)
    {
        if (result < 0)
            throw new InvalidOperationException($"SpeechRecognizer: PocketSphinx returned {result}.");
    }
}
