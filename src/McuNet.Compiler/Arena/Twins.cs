namespace McuNet.Compiler.Arena;

/// <summary>Buffers that can be exchanged in any packing. Their order may be chosen freely, so the search need not try both.</summary>
internal static class Twins
{
    internal static bool AreAlike(Packing packing, int a, int b)
    {
        if (
            packing.Size[a] != packing.Size[b]
            || packing.Alignment[a] != packing.Alignment[b]
            || packing.Fixed[a] >= 0
            || packing.Fixed[b] >= 0
        )
            return false;
        var ofA = packing.NeighboursOf(a);
        var ofB = packing.NeighboursOf(b);
        if (ofA.Length != ofB.Length)
            return false;
        var (i, j) = (0, 0);
        while (i < ofA.Length || j < ofB.Length)
        {
            var skipped = false;
            if (i < ofA.Length && ofA[i].Other == b)
            {
                if (ofA[i].WhenUnder != ofA[i].WhenAbove)
                    return false;
                i++;
                skipped = true;
            }
            if (j < ofB.Length && ofB[j].Other == a)
            {
                j++;
                skipped = true;
            }
            if (skipped)
                continue;
            if (i >= ofA.Length || j >= ofB.Length || ofA[i] != ofB[j])
                return false;
            i++;
            j++;
        }
        return true;
    }
}
