namespace Tmrvc.Audio.Tests.Recognition;

public sealed class SpeechRecognizerTests
{
    private const string Model = "/usr/share/pocketsphinx/model/en-us";
    private const string Said = "After the tone say your busy message, and then press the pound key.";

    private static readonly AudioBuffer Speech = AudioFile.Read(Path.Combine(AppContext.BaseDirectory, "speech", "allison-en.g722"));

    private SpeechRecognizer _recognizer = null!;

    [OneTimeSetUp]
    public void Open() => _recognizer = new SpeechRecognizer(Model);

    [OneTimeTearDown]
    public void Close() => _recognizer.Dispose();

    [Test]
    public void Real_speech_is_understood_and_played_backwards_it_is_not()
    {
        var words = _recognizer.Words(Speech);
        Assert.That(WordErrors.Of(Said, words).Rate, Is.LessThan(0.3));
        Assert.That(WordErrors.Of(Said, _recognizer.Words(Speech with { Samples = [.. Speech.Samples.Reverse()] })).Rate, Is.GreaterThan(0.75));
    }

    [Test]
    public void What_was_heard_before_changes_nothing()
    {
        var first = _recognizer.Words(Speech);
        _recognizer.Words(Resampler.Resample(AudioFile.Read(Path.Combine(AppContext.BaseDirectory, "speech", "carlo-it.g722")), 24000));
        Assert.That(_recognizer.Words(Speech), Is.EqualTo(first).And.Not.Empty);
    }

    [Test]
    public void Silence_holds_no_words_and_the_next_utterance_is_heard() =>
        Assert.Multiple(() =>
        {
            Assert.That(_recognizer.Words(new AudioBuffer(new float[24000], 24000)), Is.Empty);
            Assert.That(_recognizer.Words(new AudioBuffer([], 24000)), Is.Empty);
            Assert.That(_recognizer.Words(Speech), Is.Not.Empty);
        });

    [Test]
    public void A_folder_without_the_model_is_refused_by_what_it_lacks() =>
        Assert.That(
            () => new SpeechRecognizer(Path.Combine(Model, "en-us")),
            Throws.TypeOf<UnusableAcousticModelException>().With.Message.EqualTo(
                "/usr/share/pocketsphinx/model/en-us/en-us/en-us: is not there; the folder of pocketsphinx-en-us that holds en-us/ is allowed"));
}
