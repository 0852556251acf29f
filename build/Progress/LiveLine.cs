namespace Tmrvc.Build.Progress;

/// <summary>One line of what runs: name, bar, words; until something is known of it, for how long.</summary>
internal sealed class LiveLine(string name, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private (double Share, string Words)? _known;

    /// <param name="share">From 0 to 1.</param>
    public void Show(double share, string words) => _known = (share, words);

    /// <param name="names">Characters that names are given.</param>
    /// <param name="bar">Characters of a bar; 0 for none.</param>
    public string Text(int names, int bar) => _known is not { } known
        ? $"{name.PadRight(names)} for {Quantity.Time(clock.GetElapsedTime(_began))}"
        : string.Join(' ', new[] { name.PadRight(names), ProgressBar.Of(known.Share, bar), known.Words }.Where(part => part.Length > 0));
}
