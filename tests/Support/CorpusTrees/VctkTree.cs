namespace Tmrvc.Support;

/// <summary>VCTK 0.92: no top folder; p280 lacks the second microphone, p315 the texts, p362 most recordings.</summary>
public static class VctkTree
{
    public static CorpusTree Write(string root)
    {
        var tree = new TreeWriter(root, sampleRate: 48000);
        tree.Text("speaker-info.txt", """
            ID  AGE  GENDER  ACCENTS  REGION COMMENTS
            p225  23  F    English    Southern  England
            p280  25  F    Unknown    France    (mic2 files unavailable)
            p315  18  M    American   New England   (all text files unavailable)
            p362  29  F    American
            s5    22  F    British

            """);
        tree.Text("license_text", "CC BY 4.0");
        tree.Text("wav48_silence_trimmed/log.txt", "trimmed");
        Both(tree, "p225", "001", "Please call Stella.\n");
        Both(tree, "p225", "002", "Ask her to bring these things with her from the store.\r\n");
        tree.Speech("wav48_silence_trimmed/p225/p225_003_mic1.flac");
        tree.CutOff("wav48_silence_trimmed/p225/p225_004_mic1.flac");
        tree.Misnamed("wav48_silence_trimmed/p225/p226_001_mic1.flac");
        tree.Misnamed("wav48_silence_trimmed/p225/p225_001_mic1 (1).flac");
        tree.AppleDouble("wav48_silence_trimmed/p225/._p225_001_mic1.flac");
        tree.Speech("wav48_silence_trimmed/p280/p280_001_mic1.flac");
        tree.Text("txt/p280/p280_001.txt", "Please call Stella.");
        tree.Speech("wav48_silence_trimmed/p315/p315_001_mic1.flac");
        tree.Unused("wav48_silence_trimmed/p315/p315_001_mic2.flac");
        Both(tree, "p362", "001", "Please call Stella.");
        tree.Text("txt/p362/p362_002.txt", "Text of a recording that is not there.");
        Both(tree, "s5", "400", "The last one.");
        return tree.Tree;
    }

    private static void Both(TreeWriter tree, string speaker, string number, string text)
    {
        tree.Speech($"wav48_silence_trimmed/{speaker}/{speaker}_{number}_mic1.flac");
        tree.Unused($"wav48_silence_trimmed/{speaker}/{speaker}_{number}_mic2.flac");
        tree.Text($"txt/{speaker}/{speaker}_{number}.txt", text);
    }
}
