using Tmrvc.Configuration;

namespace Tmrvc.Build.CommandLine;

/// <summary>Reads the command line: <c>--name</c>, <c>--name=value</c> or <c>--name value</c>. Knows no files and no stages.</summary>
public sealed class RequestParser
{
    private readonly Queue<string> _words;
    private readonly List<string> _mistakes = [];
    private readonly HashSet<string> _seen = [];
    private Request _request = Request.Default;

    private RequestParser(IEnumerable<string> words) => _words = new Queue<string>(words);

    /// <exception cref="UsageException">Lists every word that is no option, every unknown option and every value that is not allowed.</exception>
    public static Request Parse(IEnumerable<string> words)
    {
        var parser = new RequestParser(words);
        while (parser._words.TryDequeue(out var word))
            parser.Take(word);
        parser.CheckCombination();
        return parser._mistakes.Count == 0 ? parser._request : throw new UsageException(parser._mistakes);
    }

    private void Take(string word)
    {
        var equals = word.IndexOf('=');
        var written = equals < 0 ? word : word[..equals];
        var name = written.TrimStart('-');
        if (!written.StartsWith('-') || name.Length == 0)
            _mistakes.Add($"{word}: only options are allowed; a target is chosen by --target={word}");
        else if (OptionTable.Options.FirstOrDefault(option => option.IsWritten(name)) is { } option)
            Take(option, written, equals < 0 ? null : word[(equals + 1)..]);
        else
            Skip($"{written}: unknown option; {ClosestName.Advice(name, [.. OptionTable.Options.Select(known => known.Name)])}", equals < 0);
    }

    private void Take(Option option, string written, string? value)
    {
        if (option.TakesValue && value is null && NextIsValue())
            value = _words.Dequeue();
        if (option.NeedsValue && string.IsNullOrEmpty(value))
            _mistakes.Add($"{written}: needs a value, {written}={option.Value}");
        else if (!option.TakesValue && value is not null)
            _mistakes.Add($"{written}={value}: takes no value");
        else if (!_seen.Add(option.Name) && !option.Repeats)
            _mistakes.Add($"{written}: given more than once");
        else
            Apply(option, written, value);
    }

    private void Apply(Option option, string written, string? value)
    {
        try
        {
            _request = option.Apply(_request, value);
        }
        catch (FormatException fault)
        {
            _mistakes.Add($"{written}={value}: {fault.Message}");
        }
    }

    /// <summary>Passes over the value that an option not taken may carry, so that it is not reported as a word of its own.</summary>
    private void Skip(string mistake, bool valueMayFollow)
    {
        _mistakes.Add(mistake);
        if (valueMayFollow && NextIsValue())
            _words.Dequeue();
    }

    private bool NextIsValue() => _words.TryPeek(out var next) && !next.StartsWith('-');

    private void CheckCombination()
    {
        if (_request.Json && !_request.Check && _request.Show is not (Show.Plan or Show.ExplainedPlan))
            _mistakes.Add("--json: only together with --dryrun, --explain or --check");
        if (_request is { Frozen: true, Forced: { All: true } or { Names.Count: > 0 } })
            _mistakes.Add("--frozen: runs nothing, so nothing can be forced; leave out --force");
        if (_request is { Frozen: true, IsTrial: true })
            _mistakes.Add("--frozen: reproduces what the lock files name, which no trial is part of; leave out --set");
    }
}
