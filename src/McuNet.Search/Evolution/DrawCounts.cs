namespace McuNet.Search.Evolution;

/// <summary>What became of the networks that were drawn.</summary>
/// <param name="Duplicates">Drawn again because they had been there.</param>
/// <param name="Infeasible">Drawn again because they do not fit.</param>
/// <param name="Missing">Places left empty after too many draws.</param>
public sealed record DrawCounts(int Drawn = 0, int Duplicates = 0, int Infeasible = 0, int Missing = 0)
{
    public static DrawCounts operator +(DrawCounts a, DrawCounts b) =>
        new(a.Drawn + b.Drawn, a.Duplicates + b.Duplicates, a.Infeasible + b.Infeasible, a.Missing + b.Missing);
}
