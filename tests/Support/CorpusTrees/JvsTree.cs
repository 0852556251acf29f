namespace Tmrvc.Support;

/// <summary>JVS 1: four kinds of speech per speaker, of which whispered and falsetto speech is not used.</summary>
public static class JvsTree
{
    public static CorpusTree Write(string root)
    {
        var tree = new TreeWriter(root, sampleRate: 24000);
        tree.Text("jvs_ver1/gender_f0range.txt", "speaker Male_or_Female minf0[Hz] maxf0[Hz]\njvs001 M 70 350\njvs002 F 110 450\n");
        tree.Text("jvs_ver1/README.txt", "JVS");
        foreach (var speaker in new[] { "jvs001", "jvs002" })
            WriteSpeaker(tree, $"jvs_ver1/{speaker}");
        tree.Empty("jvs_ver1/jvs002/nonpara30/wav24kHz16bit/BASIC5000_2000.wav");
        tree.CutOff("jvs_ver1/jvs002/nonpara30/wav24kHz16bit/BASIC5000_2001.wav");
        tree.Misnamed("jvs_ver1/jvs002/nonpara30/wav24kHz16bit/コピー.wav");
        tree.AppleDouble("jvs_ver1/jvs002/nonpara30/wav24kHz16bit/._BASIC5000_2000.wav");
        tree.AppleDouble("__MACOSX/jvs_ver1/jvs001/parallel100/wav24kHz16bit/VOICEACTRESS100_001.wav");
        return tree.Tree;
    }

    private static void WriteSpeaker(TreeWriter tree, string speaker)
    {
        tree.Speech($"{speaker}/parallel100/wav24kHz16bit/VOICEACTRESS100_001.wav");
        tree.Speech($"{speaker}/parallel100/wav24kHz16bit/VOICEACTRESS100_002.wav");
        tree.Text($"{speaker}/parallel100/transcripts_utf8.txt",
            "VOICEACTRESS100_001:また、東寺のように、五大明王と呼ばれる、主要な明王の中央に配されることも多い。\nVOICEACTRESS100_003:ない。\n");
        tree.Text($"{speaker}/parallel100/lab/mon/VOICEACTRESS100_001.lab", "0 1 sil");
        tree.Speech($"{speaker}/nonpara30/wav24kHz16bit/BASIC5000_0025.wav");
        tree.Text($"{speaker}/nonpara30/transcripts_utf8.txt", "BASIC5000_0025:多くの:人。\r\n");
        tree.Unused($"{speaker}/whisper10/wav24kHz16bit/VOICEACTRESS100_001.wav");
        tree.Unused($"{speaker}/falset10/wav24kHz16bit/VOICEACTRESS100_001.wav");
    }
}
