using Tmrvc.BuildGraph;

namespace Tmrvc.Corpora.Tests;

public class LayoutTests
{
    [Test]
    public void Prompts_know_speaker_language_licence_and_transcript()
    {
        var prompts = new PromptsLayout().Open(MiniCorpus.Root);
        Assert.That(
            prompts.Describe("en_US_f_Allison/conf-full.g722"),
            Is.EqualTo(new Recording("Allison", "en", "CC-BY-SA-3.0", "That conference is full.") { Sex = Sex.Female }));
        Assert.That(prompts.Describe("en_US_f_Allison/digits/1.g722").Transcript, Is.EqualTo("one"));
        Assert.That(
            prompts.Describe("es_MX_f_Allison/vm-goodbye.g722"),
            Is.EqualTo(new Recording("Allison", "es", "CC-BY-SA-3.0", null) { Sex = Sex.Female }));
        Assert.That(
            prompts.Describe("it_IT_m_Carlo/conf-full.g722"),
            Is.EqualTo(new Recording("Carlo", "it", "CC-BY-3.0", null) { Sex = Sex.Male }));
    }

    [Test]
    public void A_folder_that_names_no_voice_is_refused() =>
        Assert.That(
            () => new PromptsLayout().Open(MiniCorpus.Root).Describe("custom/a.g722"),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains("'custom' names no voice"));

    [Test]
    public void Transcripts_leave_out_comments_and_what_is_not_speech()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["en.txt"], "; comment: no\n\nbeep: [a beep]\nletters/at: at [@]\nvm: Say: one\nbroken\n");
        Assert.That(
            PromptTranscripts.Read(folder["en.txt"]),
            Is.EquivalentTo(new Dictionary<string, string> { ["letters/at"] = "at", ["vm"] = "Say: one" }));
    }

    [Test]
    public void A_folder_gives_each_first_level_folder_to_a_speaker_and_reads_texts_beside_the_audio()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.New("Zoë Ünal/day 1/hello there.txt"), "Hello there.\n");
        var catalogue = new FolderLayout("en", "CC0-1.0").Open(folder.Root);
        Assert.That(
            catalogue.Describe("Zoë Ünal/day 1/hello there.wav"),
            Is.EqualTo(new Recording("Zoë Ünal", "en", "CC0-1.0", "Hello there.")));
        Assert.That(catalogue.Describe("bob/x.OPUS"), Is.EqualTo(new Recording("bob", "en", "CC0-1.0", null)));
    }

    [TestCase("bob/a.wav", true)]
    [TestCase("bob/a.pdf", true, Description = "to be quarantined by name rather than overlooked")]
    [TestCase("bob/a.txt", false)]
    [TestCase("bob/._a.wav", false)]
    [TestCase(".trash/bob/a.wav", false)]
    [TestCase("bob/.DS_Store", false)]
    public void A_folder_takes_all_but_texts_and_hidden_files_for_recordings(string path, bool recording) =>
        Assert.That(new FolderLayout("und", "unknown").IsRecording(path), Is.EqualTo(recording));

    [TestCase("a.wav", "outside a speaker's folder")]
    [TestCase("bob/a.pdf", "extension '.pdf', .wav, .flac, .ogg, .mp3, .opus are allowed")]
    [TestCase("bob/README", "extension ''")]
    public void A_folder_refuses_what_belongs_to_no_speaker_or_is_no_audio(string path, string reason) =>
        Assert.That(
            () => new FolderLayout("und", "unknown").Open("nowhere").Describe(path),
            Throws.TypeOf<ItemRejectedException>().With.Message.Contains(reason));
}
