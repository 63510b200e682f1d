using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using McuNet.Compiler.Graph;

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
}

/// <summary>A window as it was drawn; <see cref="Fit"/> makes it one that the layer's input allows.</summary>
public sealed record WindowPlan(WindowAxis Vertical, WindowAxis Horizontal)
{
    public static Gen<WindowPlan> Any { get; } = Gen.Select(WindowAxis.Any, WindowAxis.Any, (v, h) => new WindowPlan(v, h));

    /// <summary>One pixel.</summary>
    public static WindowPlan Least { get; } = new(new(1, 1, 1, 0, 0), new(1, 1, 1, 0, 0));

    public Window Fit(TensorShape shape, bool dilated = true)
    {
        var (v, h) = (Vertical.Fit(shape.Height, dilated), Horizontal.Fit(shape.Width, dilated));
        return new()
        {
            KernelHeight = v.Kernel, StrideHeight = v.Stride, DilationHeight = v.Dilation, PadTop = v.Before, PadBottom = v.After,
            KernelWidth = h.Kernel, StrideWidth = h.Stride, DilationWidth = h.Dilation, PadLeft = h.Before, PadRight = h.After,
        };
    }

    /// <summary>Odd, stride 1, as many outputs as inputs.</summary>
    public Window Same()
    {
        var (height, width) = ((Vertical.Kernel - 1) / 2, Math.Min((Horizontal.Kernel - 1) / 2, 2));
        return new() { KernelHeight = 2 * height + 1, PadTop = height, PadBottom = height, KernelWidth = 2 * width + 1, PadLeft = width, PadRight = width };
    }
}

/// <summary>One direction of a window.</summary>
public sealed record WindowAxis(int Kernel, int Stride, int Dilation, int Before, int After)
{
    public static Gen<WindowAxis> Any { get; } =
        Gen.Select(Gen.Int[1, 7], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[0, 2], Gen.Int[0, 2], (k, s, d, b, a) => new WindowAxis(k, s, d, b, a));

    /// <summary>Padding below the kernel, and a kernel that the padded input holds.</summary>
    public WindowAxis Fit(int size, bool dilated)
    {
        var axis = this with { Dilation = dilated ? Dilation : 1 };
        while (axis.Padded is var padded && (padded.Kernel - 1) * padded.Dilation + 1 > size + padded.Before + padded.After)
            axis = axis.Dilation > 1 ? axis with { Dilation = 1 } : axis with { Kernel = axis.Kernel - 1 };
        return axis.Padded;
    }

    private WindowAxis Padded => this with { Before = Math.Min(Before, Kernel - 1), After = Math.Min(After, Kernel - 1) };
}

/// <summary>A layer as it was drawn. What the numbers mean depends on the kind.</summary>
/// <param name="Variant">In [0, 12).</param>
/// <param name="Clamp">0 none, 1 relu, 2 another range.</param>
/// <param name="Parts">Of a join: what stands side by side, each in [0, 16).</param>
public sealed record LayerPlan(LayerKind Kind, int Channels, WindowPlan Window, int Variant, int Clamp, IReadOnlyList<int> Parts)
{
    private static readonly Gen<LayerKind> Kinds = Gen.Frequency(
        (6, Gen.Const(LayerKind.Conv)), (2, Gen.Const(LayerKind.Pointwise)), (2, Gen.Const(LayerKind.Depthwise)), (2, Gen.Const(LayerKind.Square)), (2, Gen.Const(LayerKind.Residual)),
        (1, Gen.Const(LayerKind.MaxPool)), (1, Gen.Const(LayerKind.AveragePool)), (2, Gen.Const(LayerKind.Resize)), (2, Gen.Const(LayerKind.Lookup)), (4, Gen.Const(LayerKind.Product)),
        (2, Gen.Const(LayerKind.Join)), (2, Gen.Const(LayerKind.Branch)));

    public IEnumerable<LayerPlan> Simpler()
    {
        if (Window != WindowPlan.Least)
            yield return this with { Window = WindowPlan.Least };
        if (Clamp != 0)
            yield return this with { Clamp = 0 };
        if (Variant != 0)
            yield return this with { Variant = 0 };
        if (Channels != 1)
            yield return this with { Channels = 1 };
        if (Parts.Count > 2)
            yield return this with { Parts = [.. Parts.Take(2)] };
    }

    public static Gen<LayerPlan> Any { get; } = Gen.Select(
        Kinds, Gen.Int[1, 17], WindowPlan.Any, Gen.Int[0, 11], Gen.Int[0, 2], Gen.Int[0, 15].Array[2, 5],
        (kind, channels, window, variant, clamp, parts) => new LayerPlan(kind, channels, window, variant, clamp, parts));
}

/// <summary>The end of some networks: a mean, or none, and a fully connected layer with or without softmax.</summary>
public sealed record HeadPlan(bool Mean, bool OverWidth, int Outputs, bool Softmax)
{
    public static Gen<HeadPlan> Any { get; } = Gen.Select(Gen.Bool, Gen.Frequency((2, Gen.Const(true)), (1, Gen.Const(false))), Gen.Int[1, 11], Gen.Bool, (m, w, o, s) => new HeadPlan(m, w, o, s));
}

/// <summary>A random network before its weights: what <see cref="RandomNetwork"/> builds, and what shrinks.</summary>
/// <param name="Numbers">Seed of weights, scales and zero points.</param>
public sealed record NetworkPlan(TensorShape Input, int Numbers, IReadOnlyList<LayerPlan> Layers, HeadPlan? Head)
{
    public static Gen<NetworkPlan> Any { get; } = Gen.Select(
        Gen.Select(Gen.Int[1, 14], Gen.Int[1, 14], Gen.Int[1, 5], (h, w, c) => new TensorShape(h, w, c)),
        Gen.Int[0, 999], LayerPlan.Any.Array[1, 8], Gen.Frequency((2, Gen.Const(() => (HeadPlan?)null)), (1, HeadPlan.Any.Select(h => (HeadPlan?)h))),
        (input, numbers, layers, head) => new NetworkPlan(input, numbers, layers, head));

    /// <summary>The same for the same seed.</summary>
    public static NetworkPlan Of(int seed) => Any.Generate(Generator(seed), null, out _);

    /// <summary>
    /// A small network that fails where that of a seed does: the smallest that CsCheck draws, made simpler piece by piece for as long as it fails. CsCheck draws at
    /// random, so that it may end otherwise next time.
    /// </summary>
    /// <param name="tries">How many networks are drawn; those that are larger than one that fails are not tried.</param>
    public static NetworkPlan Smallest(int seed, Func<NetworkPlan, bool> passes, int tries)
    {
        var smallest = Of(seed);
        try
        {
            Any.Sample(plan => passes(plan) || (smallest = plan) is null, seed: Generator(seed).ToString(), iter: tries, threads: 1);
        }
        catch (CsCheckException)
        {
            while (smallest.Simpler().FirstOrDefault(p => !passes(p)) is { } simpler)
                smallest = simpler;
        }
        return smallest;
    }

    /// <summary>Each with one piece less.</summary>
    private IEnumerable<NetworkPlan> Simpler()
    {
        if (Head is not null)
            yield return this with { Head = null };
        for (var i = 0; i < Layers.Count && Layers.Count > 1; i++)
            yield return this with { Layers = [.. Layers.Where((_, l) => l != i)] };
        foreach (var input in new[] { Input with { Height = 1 }, Input with { Width = 1 }, Input with { Channels = 1 } }.Where(input => input != Input))
            yield return this with { Input = input };
        for (var i = 0; i < Layers.Count; i++)
        {
            foreach (var layer in Layers[i].Simpler())
                yield return this with { Layers = [.. Layers.Select((l, at) => at == i ? layer : l)] };
        }
    }

    private static PCG Generator(int seed) => new(1, (ulong)seed);

    public override string ToString() => $"{Input}, {string.Join(", ", Layers.Select(l => $"{l.Kind} {l.Channels}/{l.Variant}"))}{(Head is null ? "" : ", head")}";
}
