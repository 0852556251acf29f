using Tmrvc.Configuration;

namespace Tmrvc.Build;

/// <summary>Gathers what is wrong with independent parts of a request, so that all is told at once.</summary>
internal sealed class RequestMistakes
{
    private readonly List<string> _mistakes = [];

    /// <summary>The part, or null when it is wrong.</summary>
    public T? Collect<T>(Func<T> part)
        where T : class
    {
        try
        {
            return part();
        }
        catch (UsageException usage)
        {
            _mistakes.AddRange(usage.Mistakes);
        }
        catch (ConfigurationException configuration)
        {
            _mistakes.AddRange(configuration.Mistakes.Select(mistake => mistake.ToString()));
        }
        return null;
    }

    public void Check(IEnumerable<string> mistakes) => _mistakes.AddRange(mistakes);

    /// <exception cref="UsageException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_mistakes.Count > 0)
            throw new UsageException(_mistakes);
    }
}
