using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Arena;

/// <summary>
/// The independent check of a plan: compares every two buffers byte by byte range and step by step, straight from their live extents.
/// Knows nothing of separations, bounds or searches. Quadratic in the buffers, and run on every plan that is used.
/// </summary>
public static class ArenaValidator
{
    /// <summary>All that is wrong with the plan, one diagnostic each: MCU9001 to MCU9004. Empty for a valid plan.</summary>
    public static ImmutableArray<Diagnostic> Validate(ArenaProblem problem, ArenaPlan plan)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var offsets = MatchBuffers(problem, plan, found);
        if (found.Count > 0)
            return found.ToImmutable();
        for (var i = 0; i < offsets.Length; i++)
        {
            CheckPlacement(problem.Buffers[i], plan.Placements[i], found);
            for (var j = i + 1; j < offsets.Length; j++)
                CheckPair(problem.Buffers[i], offsets[i], problem.Buffers[j], offsets[j], found);
        }
        CheckClaims(plan, found);
        return found.ToImmutable();
    }

    private static int[] MatchBuffers(ArenaProblem problem, ArenaPlan plan, ImmutableArray<Diagnostic>.Builder found)
    {
        var offsetOf = new Dictionary<BufferId, int>();
        foreach (var placement in plan.Placements)
        {
            if (!offsetOf.TryAdd(placement.Id, placement.Offset.Value))
                Report($"places buffer {placement.Id} '{placement.Name}' twice");
        }
        var offsets = new int[problem.Buffers.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            var buffer = problem.Buffers[i];
            if (!offsetOf.Remove(buffer.Id, out offsets[i]))
                Report($"does not place buffer {buffer.Id} '{buffer.Name}'");
            else if (i < plan.Placements.Length && plan.Placements[i].Id != buffer.Id)
                Report($"has buffer {plan.Placements[i].Id} where {buffer.Id} '{buffer.Name}' belongs");
        }
        foreach (var id in offsetOf.Keys)
            Report($"places buffer {id}, which the problem does not have");
        return offsets;

        void Report(string what) => found.Add(Diagnostic.Create(DiagnosticCatalog.ArenaPlanIncomplete, what));
    }

    private static void CheckPlacement(ArenaBuffer buffer, ArenaPlacement placement, ImmutableArray<Diagnostic>.Builder found)
    {
        if (placement.Size != buffer.Size)
            Report($"has {placement.Size} instead of {buffer.Size}");
        if (placement.Offset.Value % buffer.Alignment != 0)
            Report($"is not aligned to {buffer.Alignment}");
        if (buffer.FixedOffset is { } wanted && placement.Offset != wanted)
            Report($"must lie at offset {wanted.Value}");

        void Report(string what) =>
            found.Add(Diagnostic.Create(DiagnosticCatalog.ArenaPlacementInvalid, buffer.Name, placement.Offset.Value, what));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CheckPair(ArenaBuffer a, int offsetA, ArenaBuffer b, int offsetB, ImmutableArray<Diagnostic>.Builder found)
    {
        if (offsetA + a.Size.Value <= offsetB || offsetB + b.Size.Value <= offsetA)
            return;
        var (i, j) = (0, 0);
        while (i < a.Extents.Length && j < b.Extents.Length)
        {
            var (ofA, ofB) = (a.Extents[i], b.Extents[j]);
            var firstStep = Math.Max(ofA.FirstStep.Value, ofB.FirstStep.Value);
            var (beginA, endA, beginB, endB) = (
                offsetA + ofA.Lo.Value,
                offsetA + ofA.Hi.Value,
                offsetB + ofB.Lo.Value,
                offsetB + ofB.Hi.Value
            );
            if (firstStep < Math.Min(ofA.EndStep.Value, ofB.EndStep.Value) && beginA < endB && beginB < endA)
            {
                found.Add(
                    Diagnostic.Create(
                        DiagnosticCatalog.ArenaBuffersCollide,
                        a.Name,
                        b.Name,
                        Math.Max(beginA, beginB),
                        Math.Min(endA, endB),
                        firstStep,
                        offsetA,
                        offsetB
                    )
                );
                return;
            }
            if (ofA.EndStep <= ofB.EndStep)
                i++;
            else
                j++;
        }
    }

    private static void CheckClaims(ArenaPlan plan, ImmutableArray<Diagnostic>.Builder found)
    {
        var highest = 0;
        foreach (var placement in plan.Placements)
            highest = Math.Max(highest, placement.End.Value);
        if (plan.Total.Value != highest)
            Report($"states a total of {plan.Total}, but the highest end is {highest}");
        if (plan.LowerBound > plan.Total)
            Report($"states a lower bound of {plan.LowerBound}, but its total is {plan.Total}");

        void Report(string what) => found.Add(Diagnostic.Create(DiagnosticCatalog.ArenaClaimFalse, what));
    }
}
