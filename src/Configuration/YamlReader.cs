using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tmrvc.Configuration;

/// <summary>
/// Turns one YAML text into nodes. Works on YamlDotNet's parser events: its own models stop at the first duplicate key
/// and cost start-up time. Knows nothing of settings records.
/// </summary>
internal sealed class YamlReader
{
    private readonly IParser _events;
    private readonly string _source;
    private readonly bool _hasLines;
    private readonly List<ConfigurationMistake> _mistakes;
    private readonly Dictionary<AnchorName, ConfigurationNode> _anchors = [];

    private YamlReader(string source, string yaml, bool hasLines, List<ConfigurationMistake> mistakes)
    {
        _events = new Parser(new StringReader(yaml));
        _source = source;
        _hasLines = hasLines;
        _mistakes = mistakes;
    }

    /// <summary>False, with a mistake added, when the text is not YAML; the node of an empty text is null.</summary>
    public static bool TryRead(
        string source, string yaml, List<ConfigurationMistake> mistakes, out ConfigurationNode? node, bool hasLines = true)
    {
        var reader = new YamlReader(source, yaml, hasLines, mistakes);
        node = null;
        try
        {
            node = reader.ReadDocument();
            return true;
        }
        catch (YamlException fault)
        {
            // A parser that gives up on a block names the block's beginning, and as its end where it gave up.
            var place = fault.Message.Contains("invalid tab", StringComparison.Ordinal) ? fault.End : fault.Start;
            mistakes.Add(new ConfigurationMistake(reader.At(place), $"not valid YAML: {fault.Message}"));
            return false;
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // The parser gives up on some unfinished flow collections without a mark of its own.
            mistakes.Add(new ConfigurationMistake(reader.At(reader._events.Current?.End ?? Mark.Empty), "not valid YAML from here on"));
            return false;
        }
    }

    private ConfigurationNode? ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
            return null;
        _events.Consume<DocumentStart>();
        var root = ReadNode();
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out var second))
            _mistakes.Add(new ConfigurationMistake(At(second.Start), "a second document begins here; one per file is allowed"));
        return root;
    }

    private ConfigurationNode ReadNode()
    {
        if (_events.TryConsume<AnchorAlias>(out var alias))
            return _anchors.TryGetValue(alias.Value, out var anchored)
                ? anchored
                : throw new YamlException(alias.Start, alias.End, $"alias '*{alias.Value}' has no anchor before it");
        var start = _events.Accept<NodeEvent>(out var node) ? node : throw new YamlException("a value was expected");
        ConfigurationNode read = node switch
        {
            SequenceStart => ReadSequence(),
            MappingStart => ReadMapping(),
            _ => ReadScalar(),
        };
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = read;
        return read;
    }

    private ScalarNode ReadScalar()
    {
        var scalar = _events.Consume<Scalar>();
        return new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private SequenceNode ReadSequence()
    {
        var start = _events.Consume<SequenceStart>();
        var items = new List<ConfigurationNode>();
        while (!_events.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new SequenceNode(At(start.Start), items);
    }

    private MappingNode ReadMapping()
    {
        var start = _events.Consume<MappingStart>();
        var entries = new List<MappingEntry>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var key = _events.Consume<Scalar>();
            var entry = new MappingEntry(key.Value, At(key.Start), ReadNode());
            if (entries.Find(earlier => earlier.Key == entry.Key) is { } first)
                _mistakes.Add(new ConfigurationMistake(entry.Position, $"duplicate key '{entry.Key}', first at line {first.Position.Line}"));
            else
                entries.Add(entry);
        }
        return new MappingNode(At(start.Start), entries);
    }

    private SourcePosition At(Mark mark) => _hasLines ? new(_source, (int)mark.Line, (int)mark.Column) : new(_source, 0, 0);
}
