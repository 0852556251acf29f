namespace Tmrvc.Features;

/// <summary>What one of several processes takes of each batch.</summary>
/// <param name="Rank">From 0 up to, not including, <paramref name="Size"/>.</param>
public readonly record struct BatchShare(int Rank, int Size)
{
    /// <summary>All ranks together take every row once, and none takes two more than another.</summary>
    public BatchRows Of(int rows)
    {
        var first = rows * Rank / Size;
        return new BatchRows(first, rows * (Rank + 1) / Size - first);
    }
}

/// <summary>Rows of a batch, one after the other.</summary>
public readonly record struct BatchRows(int First, int Count)
{
    public bool Contain(int row) => row >= First && row < First + Count;
}
