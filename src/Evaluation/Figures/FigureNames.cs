namespace Tmrvc.Evaluation;

/// <summary>Figures that gates look for, and those beside them.</summary>
public static class FigureNames
{
    public const string VelocityLoss = "Velocity loss";
    public const string Reconstruction = "SECS of reconstructions";
    public const string ReconstructionByMean = "SECS of reconstructions by the speaker's mean embedding";
    public const string Conversion = "SECS of conversions";
    public const string ToSource = "SECS of conversions to their source";
    public const string Nearest = "Conversions nearer to the voice asked for than to any other";
    public const string Assigned = "Conversions that a discriminant of cepstra gives to the voice asked for";
    public const string Unheard = "SECS of conversions to unheard voices";
    public const string UnheardNearest = "Conversions to unheard voices nearer to them than to any other";
    public const string Ceiling = "SECS of real recordings of one speaker";
    public const string Floor = "SECS of real recordings of two speakers";
    public const string Vocoded = "SECS of recordings through the same vocoder";
    public const string Accuracy = "Recordings nearer to their speaker than to any other";
    public const string DiscriminantAccuracy = "Recordings that the discriminant gives to their speaker";
    public const string PitchCorrelation = "F0 correlation";
    public const string PitchWithin = "F0 correlation within conversions";
    public const string VoicingError = "Voicing error";
    public const string CepstralDistortion = "Mel-cepstral distortion";
    public const string ToTeacher = "Mel-cepstral distortion to the teacher's conversions";
    public const string GlobalVariance = "Global variance of conversions as a share of their sources'";
    public const string NotFinite = "Samples that are no numbers";
    public const string Latency = "Latency";
    public const string StreamedVoicing = "Voicing error of the stream's F0 against that of the features";
    public const string StreamedPitch = "Error of the stream's F0 against that of the features";
    public const string MelL1 = "Mel L1";
    public const string MelL1InFewSteps = "Mel L1 in few steps";
    public const string AssignedInFewSteps = "Conversions in few steps that the discriminant gives to the voice asked for";
    public const string Reverberant = "SECS of conversions in rooms";
    public const string ReverberantCeiling = "SECS of real recordings of one speaker in these rooms";
    public const string ReverberantFloor = "SECS of real recordings of two speakers in these rooms";
    public const string DryInRooms = "SECS of conversions without rooms to recordings in these rooms";
    public const string Rt60Rise = "RT60 heard in conversions in rooms above that without";
    public const string Rt60Error = "RT60 error of recordings";
    public const string Rt60ErrorOfMean = "RT60 error of the mean answer";
    public const string Rt60Correlation = "RT60 correlation of recordings";
    public const string OpinionScore = "UTMOS";
    public const string WordErrors = "Word errors of conversions";
    public const string RecordedWordErrors = "Word errors of recordings through the same vocoder";
}
