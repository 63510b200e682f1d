using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace McuNet.Compiler.Tests.Networks;

/// <summary>What a layer of a random network is made of.</summary>
public enum LayerKind
{
    Conv,
    Pointwise,
    Depthwise,
    Square,
    Residual,
    MaxPool,
    AveragePool,
    Resize,
    Lookup,
    Product,
    Join,
    Branch,
    Transposed,
    Grouped,
    Elementwise,
    Reduce,
    Matrices,
    Normalized,
    Move,
    Stack,
}

/// <summary>A layer as it was drawn. What the numbers mean depends on the kind.</summary>
/// <param name="Variant">In [0, 12).</param>
/// <param name="Clamp">0 none, 1 relu, 2 another range.</param>
/// <param name="Parts">Of a join: what stands side by side, each in [0, 16).</param>
public sealed record LayerPlan(LayerKind Kind, int Channels, WindowPlan Window, int Variant, int Clamp, IReadOnlyList<int> Parts)
{
    private static readonly Gen<LayerKind> Kinds = Gen.Frequency(
        (6, Gen.Const(LayerKind.Conv)),
        (2, Gen.Const(LayerKind.Pointwise)),
        (2, Gen.Const(LayerKind.Depthwise)),
        (2, Gen.Const(LayerKind.Square)),
        (2, Gen.Const(LayerKind.Residual)),
        (1, Gen.Const(LayerKind.MaxPool)),
        (1, Gen.Const(LayerKind.AveragePool)),
        (2, Gen.Const(LayerKind.Resize)),
        (2, Gen.Const(LayerKind.Lookup)),
        (4, Gen.Const(LayerKind.Product)),
        (2, Gen.Const(LayerKind.Join)),
        (2, Gen.Const(LayerKind.Branch)),
        (1, Gen.Const(LayerKind.Transposed)),
        (2, Gen.Const(LayerKind.Grouped)),
        (3, Gen.Const(LayerKind.Elementwise)),
        (2, Gen.Const(LayerKind.Reduce)),
        (1, Gen.Const(LayerKind.Matrices)),
        (1, Gen.Const(LayerKind.Normalized)),
        (3, Gen.Const(LayerKind.Move)),
        (1, Gen.Const(LayerKind.Stack))
    );

    public static Gen<LayerPlan> Any { get; } =
        Gen.Select(
            Kinds,
            Gen.Int[1, 17],
            WindowPlan.Any,
            Gen.Int[0, 11],
            Gen.Int[0, 2],
            Gen.Int[0, 15].Array[2, 5],
            (kind, channels, window, variant, clamp, parts) => new LayerPlan(kind, channels, window, variant, clamp, parts)
        );

    /// <summary>Each with one number that says nothing.</summary>
    public IEnumerable<LayerPlan> Simpler()
    {
        if (Window != WindowPlan.Least)
            yield return this with
            {
                Window = WindowPlan.Least,
            };
        if (Clamp != 0)
            yield return this with
            {
                Clamp = 0,
            };
        if (Variant != 0)
            yield return this with
            {
                Variant = 0,
            };
        if (Channels != 1)
            yield return this with
            {
                Channels = 1,
            };
        if (Parts.Count > 2)
            yield return this with
            {
                Parts = [.. Parts.Take(2)],
            };
    }
}
