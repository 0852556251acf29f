namespace Tmrvc.Corpora;

/// <param name="Segments">Ascending, none shorter than the minimum or longer than the maximum.</param>
/// <param name="Silent">Pieces that were left out for lack of speech.</param>
/// <param name="Short">Pieces that were left out as shorter than the minimum.</param>
/// <param name="Longest">Seconds, of all pieces with speech; 0 without any.</param>
internal sealed record Segmentation(IReadOnlyList<TimeRange> Segments, int Silent, int Short, double Longest);
