using System;
using System.Collections.Generic;
using System.Linq;

namespace McuNet.Options;

/// <summary>Finds the name that somebody meant.</summary>
public static class NearestName
{
    /// <summary>Edits that a slip of the fingers or another spelling makes.</summary>
    private const int MostEdits = 3;

    /// <summary>The known name that is closest to the given one, whatever the case; null where none is close.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var (best, edits) = known
            .Select(k => (Name: k, Edits: Edits(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Edits)
            .First();
        return edits <= Math.Min(MostEdits, Math.Max(1, best.Length / 2)) ? best : null;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.</summary>
    public static int Edits(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var least = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = swapped ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }

        return table[a.Length, b.Length];
    }
}
