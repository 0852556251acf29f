namespace Tmrvc.Reporting;

internal static class SignificantDigits
{
    /// <summary>The nearest number with that many significant decimal digits.</summary>
    public static double Round(double value, int digits) =>
        double.Parse(value.ToString($"E{digits - 1}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
