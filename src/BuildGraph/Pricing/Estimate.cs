namespace Tmrvc.BuildGraph;

/// <summary>An amount that is expected to lie between two bounds.</summary>
public readonly record struct Estimate(double Low, double High)
{
    public static readonly Estimate None = new(0, 0);

    /// <summary>What to reckon with where one number is needed.</summary>
    public double Middle => (Low + High) / 2;

    public static Estimate Exactly(double amount) => new(amount, amount);

    public static Estimate operator +(Estimate left, Estimate right) => new(left.Low + right.Low, left.High + right.High);

    /// <summary>What is left of it; nothing at least.</summary>
    public Estimate After(double amount) => new(Math.Max(0, Low - amount), Math.Max(0, High - amount));

    public static Estimate operator *(Estimate amount, double factor) => new(amount.Low * factor, amount.High * factor);
}
