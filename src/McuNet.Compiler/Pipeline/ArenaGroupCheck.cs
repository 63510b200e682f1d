using System.Linq;
using McuNet.Compiler.Planning;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>
/// Compares a shared arena with the budgets of its models. Arena and stack may come from different models, and a model that fits by itself
/// gets an arena of the size of the largest, so that a group can exceed a budget that each of its models keeps.
/// </summary>
public static class ArenaGroupCheck
{
    /// <returns>An error for the model with the smallest budget, or null.</returns>
    public static Diagnostic? Run(ArenaGroup group)
    {
        var need = group.Bytes + group.StackBytes;
        var tightest = group.Models.MinBy(m => m.Sram.Budget)!;
        return need <= tightest.Sram.Budget
            ? null
            : Diagnostic.Create(
                DiagnosticCatalog.SharedArenaTooLarge,
                group.Name,
                need,
                group.Bytes,
                group.StackBytes,
                need - tightest.Sram.Budget,
                tightest.Sram.Budget,
                tightest.Name,
                string.Join(
                    ", ",
                    group
                        .Models.OrderByDescending(m => m.Sram.Arena)
                        .Select(m => System.FormattableString.Invariant($"{m.Name} {m.Sram.Arena:N0}"))
                )
            );
    }
}
