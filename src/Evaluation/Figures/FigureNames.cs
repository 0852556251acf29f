namespace Tmrvc.Evaluation;

/// <summary>Figures that gates look for.</summary>
public static class FigureNames
{
    public const string Reconstruction = "SECS of reconstructions";
    public const string Conversion = "SECS of conversions";
    public const string Ceiling = "SECS of real recordings of one speaker";
    public const string Floor = "SECS of real recordings of two speakers";
    public const string Reverberant = "SECS of conversions in a room";
    public const string Rt60Error = "RT60 error of recordings";
    public const string OpinionScore = "UTMOS";
}
