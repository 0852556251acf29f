namespace Tmrvc.Evaluation;

/// <summary>What similarities are to be compared with, and whether the judges can tell voices apart.</summary>
internal sealed class ReferenceFigures(EvaluationBench bench)
{
    public IEnumerable<Figure> All()
    {
        if (bench.Voices is { } voices)
        {
            var by = $"SECS by {voices.Embedder}, held-out recordings, pairs";
            yield return Figure.Mean(FigureNames.Ceiling, voices.Ceiling(), "", by) with { StandardError = null };
            yield return Figure.Mean(FigureNames.Floor, voices.Floor(), "", by) with { StandardError = null };
            yield return Share(FigureNames.Accuracy, voices.Recognised());
        }
        if (bench.Discriminant is { } discriminant)
            yield return Share(FigureNames.DiscriminantAccuracy, bench.Plan.Speakers.SelectMany(
                speaker => bench.Plan.References(speaker).Select(utterance => (bool?)discriminant.Gives(bench.RecordedMel(utterance), speaker))));
    }

    private static Figure Share(string name, IEnumerable<bool?> recognised) =>
        Figure.Mean(name, [.. recognised.OfType<bool>().Select(right => right ? 100.0 : 0)], "%", "held-out recordings");
}
