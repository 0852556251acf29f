namespace Tmrvc.Support;

/// <summary>LibriTTS-R: a folder per subset, speaker and chapter; two texts beside each recording.</summary>
public static class LibriTtsRTree
{
    public static CorpusTree Write(string root)
    {
        var tree = new TreeWriter(root, sampleRate: 24000);
        tree.Text("LibriTTS_R/speakers.tsv", "READER\tGENDER\tSUBSET\tNAME\n103\tF\ttrain-clean-100\tKaren Savage\n84\tM\tdev-clean\tChristie N.\n");
        WithTexts(tree, "LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000001", "Chapter one.");
        WithTexts(tree, "LibriTTS_R/train-clean-100/103/1241/103_1241_000002_000000", "Mrs. Rachel Lynde is surprised.");
        WithTexts(tree, "LibriTTS_R/dev-clean/84/121123/84_121123_000007_000001", "It was the end.");
        tree.Speech("LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000002.wav");
        tree.Text("LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000002.original.txt", "Only 1 original.\n");
        tree.Speech("LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000003.wav");
        tree.Text("LibriTTS_R/train-clean-100/103/1240/103_1240.trans.tsv", "103_1240_000000_000001\tChapter 1.\tChapter one.\n");
        tree.AppleDouble("LibriTTS_R/train-clean-100/103/1240/._103_1240_000000_000001.wav");
        tree.AppleDouble("LibriTTS_R/train-clean-100/103/1240/._103_1240_000000_000001.normalized.txt");
        tree.CutOff("LibriTTS_R/train-clean-100/103/1240/103_1240_000000_000004.wav");
        tree.Misnamed("LibriTTS_R/train-clean-100/103/1240/103_1241_000000_000001.wav");
        tree.Misnamed("LibriTTS_R/train-clean-100/103/1240/103-1240-000000-000001.wav");
        return tree.Tree;
    }

    private static void WithTexts(TreeWriter tree, string stem, string normalized)
    {
        tree.Speech(stem + ".wav");
        tree.Text(stem + ".normalized.txt", normalized);
        tree.Text(stem + ".original.txt", normalized.Replace("one", "1"));
    }
}
