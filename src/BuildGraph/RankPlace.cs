namespace Tmrvc.BuildGraph;

/// <summary>A process's place among those that train one model together.</summary>
/// <param name="Rank">From 0 up to, not including, <paramref name="Size"/>; 0 writes, the others only compute.</param>
/// <param name="Rendezvous">Where they find each other: the absolute path of a file that is not there yet, or <c>tcp://HOST:PORT</c>, where rank 0 listens.</param>
public sealed record RankPlace(int Rank, int Size, string Rendezvous);
