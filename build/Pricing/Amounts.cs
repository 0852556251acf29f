using System.Globalization;
using Tmrvc.Build.Progress;
using Tmrvc.BuildGraph;

namespace Tmrvc.Build.Pricing;

/// <summary>Hours and dollars as people read them.</summary>
internal static class Amounts
{
    /// <summary>Minutes and seconds below an hour.</summary>
    public static string Hours(double hours) =>
        hours < 1 ? Quantity.Time(TimeSpan.FromHours(hours)) : string.Create(CultureInfo.InvariantCulture, $"{hours:0.##} h");

    public static string Dollars(double amount) => string.Create(CultureInfo.InvariantCulture, $"${amount:0.00}");

    /// <summary>As exact as it was written, so that hours times it give the cost.</summary>
    public static string Rate(double rate) => string.Create(CultureInfo.InvariantCulture, $"${rate:0.00####}/h");

    /// <summary><c>12-24h</c>; <c>0.3h</c> where both bounds read alike.</summary>
    public static string Hours(Estimate hours) => Between(hours, amount => amount < 1 ? amount.ToString("0.##", CultureInfo.InvariantCulture) : Whole(amount)) + "h";

    /// <summary><c>~$14-29</c>.</summary>
    public static string Dollars(Estimate cost) => "~$" + Between(cost, amount => amount < 1 ? amount.ToString("0.00", CultureInfo.InvariantCulture) : Whole(amount));

    private static string Between(Estimate amount, Func<double, string> text) =>
        text(amount.Low) == text(amount.High) ? text(amount.Low) : $"{text(amount.Low)}-{text(amount.High)}";

    private static string Whole(double amount) => Math.Round(amount, amount < 10 ? 1 : 0).ToString(CultureInfo.InvariantCulture);
}
