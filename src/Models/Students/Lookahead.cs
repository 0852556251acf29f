namespace Tmrvc.Models;

/// <summary>
/// Frames of the future that a converter sees. The weights are those of the causal one: each block's three taps move ahead by at most
/// its dilation, from the first block on, until the frames are used up (6 frames: 1, 1, 2, 2, 0, 0, 0, 0).
/// </summary>
public readonly record struct Lookahead(int Frames)
{
    /// <summary>None: the frame that is given is the last that is seen.</summary>
    public static readonly Lookahead None = new(0);

    /// <summary>Of each block.</summary>
    /// <exception cref="ArgumentException">The blocks cannot see as far ahead.</exception>
    public int[] PerBlock(IReadOnlyList<int> dilations)
    {
        var left = Frames;
        var ahead = new int[dilations.Count];
        for (var block = 0; block < ahead.Length; block++)
            left -= ahead[block] = Math.Min(dilations[block], left);
        return left == 0 && Frames >= 0
            ? ahead
            : throw new ArgumentException($"Lookahead of {Frames} frames: 0 to {dilations.Sum()} are allowed.");
    }
}
