using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline.Explaining;

namespace McuNet.Cli.Explain;

/// <summary>In a few words, why a layer has a kernel or not.</summary>
internal static class KernelText
{
    public static string Of(KernelCandidate candidate, NodeExplanation node) =>
        candidate.Verdict switch
        {
            _ when node.IsTaken(candidate) => "taken",
            KernelVerdict.OtherCore => $"the core has no {candidate.Missing.ToString().ToLowerInvariant()}",
            KernelVerdict.OtherSet => "not in this kernel set",
            KernelVerdict.OtherTypes => "for other types",
            KernelVerdict.OtherShape when candidate.Conditions.IsEmpty => "for other layers",
            KernelVerdict.OtherShape => "for "
                + string.Join(" and ", candidate.Conditions.Select(c => $"{c.Property} {c.Wanted}, here {c.Here}")),
            KernelVerdict.OtherNumbers => "its numbers do not hold the weights or sums",
            KernelVerdict.Fallback => "only where no other for these features can",
            _ when candidate.Rows > 1 => "in blocks of rows, which this schedule does not take",
            _ => node.Candidates.FirstOrDefault(node.IsTaken) is { Cycles: { } least } && least <= candidate.Cycles
                ? "slower"
                : "its fields or buffers do not hold the layer, or it runs in blocks",
        };
}
