namespace Tmrvc.Support;

/// <summary>Some recordings of the embedded corpus, kept beside the tests.</summary>
public static class MiniCorpus
{
    /// <summary>A corpus in the prompts layout, read-only.</summary>
    public static string Root => Path.Combine(AppContext.BaseDirectory, "prompts");

    /// <summary>1.7 s of English.</summary>
    public static string English => Path.Combine(Root, "en_US_f_Allison/conf-full.g722");

    /// <summary>16.4 s of English, with pauses.</summary>
    public static string LongEnglish => Path.Combine(Root, "en_US_f_Allison/vm-options.g722");

    /// <summary>1.3 s of Italian.</summary>
    public static string Italian => Path.Combine(Root, "it_IT_m_Carlo/conf-full.g722");
}
