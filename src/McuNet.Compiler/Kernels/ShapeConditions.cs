using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Kernels;

/// <summary>
/// Finds why a kernel does not apply to a layer by asking it about others: one that differs in a single thing, or in two, and to which it
/// applies. So what is said of a kernel is what the kernel says itself.
/// </summary>
internal static class ShapeConditions
{
    private const int MostChannels = 16;

    /// <returns>The change of one thing, or of two, that makes the kernel apply, and the layer with it; no conditions where no such change
    /// does.</returns>
    public static (ImmutableArray<ShapeCondition> Conditions, LinearShape Layer) Of(Func<LinearShape, bool> applies, LinearShape layer)
    {
        var probes = Probes(layer).ToArray();
        if (probes.FirstOrDefault(p => applies(p.Change(layer))) is { } one)
            return ([one.Condition], one.Change(layer));
        foreach (var first in probes)
        {
            if (
                probes.FirstOrDefault(p => p.Condition.Property != first.Condition.Property && applies(p.Change(first.Change(layer)))) is
                { } second
            )
                return ([first.Condition, second.Condition], second.Change(first.Change(layer)));
        }
        return ([], layer);
    }

    private static IEnumerable<Probe> Probes(LinearShape layer)
    {
        yield return layer.IsSymmetric
            ? new("zero points of the weights", "none", "some", l => new Asymmetric(l))
            : new("zero points of the weights", "some", "none", l => new Plain(l));
        var window = layer.Window;
        foreach (var (height, width) in Kernels(window))
            yield return new(
                "kernel",
                Size(window.KernelHeight, window.KernelWidth),
                Size(height, width),
                l => l with { Window = Sized(l.Window, height, width) }
            );
        if (window.HasPadding)
            yield return new(
                "padding",
                "some",
                "none",
                l => l with { Window = l.Window with { PadTop = 0, PadLeft = 0, PadBottom = 0, PadRight = 0 } }
            );
        foreach (var stride in new[] { 1, 2 }.Where(s => s != window.StrideWidth || s != window.StrideHeight))
            yield return new(
                "stride",
                Size(window.StrideHeight, window.StrideWidth),
                Size(stride, stride),
                l => l with { Window = l.Window with { StrideHeight = stride, StrideWidth = stride } }
            );
        if (window.DilationHeight > 1 || window.DilationWidth > 1)
            yield return new(
                "dilation",
                Size(window.DilationHeight, window.DilationWidth),
                "1x1",
                l => l with { Window = l.Window with { DilationHeight = 1, DilationWidth = 1 } }
            );
        if (layer.Kind == LinearKind.Depthwise && layer.Input.Channels != layer.Output.Channels)
            yield return new(
                "outputs of a channel",
                $"{layer.Output.Channels / layer.Input.Channels}",
                "1",
                l => l with { Output = l.Output with { Channels = l.Input.Channels } }
            );
        foreach (
            var channels in Enumerable
                .Range(1, MostChannels)
                .Where(c => c != layer.Output.Channels)
                .OrderBy(c => Math.Abs(c - layer.Output.Channels))
        )
            yield return new("channels", $"{layer.Output.Channels}", $"{channels}", l => Channels(l, channels));
        if (layer.Groups > 1)
            yield return new("groups", $"{layer.Groups}", "1", l => l with { Groups = 1 });
    }

    private static IEnumerable<(int Height, int Width)> Kernels(Window window) =>
        from height in new[] { window.KernelHeight, 1, 3, 5, 7 }.Distinct()
        from width in new[] { window.KernelWidth, 1, 3, 5, 7 }.Distinct()
        where (height, width) != (window.KernelHeight, window.KernelWidth)
        orderby Math.Abs(height - window.KernelHeight) + Math.Abs(width - window.KernelWidth), height == width descending
        select (height, width);

    /// <summary>Padded as far as before of the kernel: none, or half of it.</summary>
    private static Window Sized(Window window, int height, int width) =>
        !window.HasPadding || (height, width) == (1, 1)
            ? window with
            {
                KernelHeight = height,
                KernelWidth = width,
                PadTop = 0,
                PadLeft = 0,
                PadBottom = 0,
                PadRight = 0,
            }
            : window with
            {
                KernelHeight = height,
                KernelWidth = width,
                PadTop = height / 2,
                PadLeft = width / 2,
                PadBottom = height / 2,
                PadRight = width / 2,
            };

    private static LinearShape Channels(LinearShape layer, int channels) =>
        layer with
        {
            Input = layer.Kind == LinearKind.Depthwise ? layer.Input with { Channels = channels } : layer.Input,
            Output = layer.Output with { Channels = channels },
        };

    private static string Size(int height, int width) => $"{height}x{width}";

    private sealed record Probe(ShapeCondition Condition, Func<LinearShape, LinearShape> Change)
    {
        public Probe(string property, string here, string wanted, Func<LinearShape, LinearShape> change)
            : this(new ShapeCondition(property, here, wanted), change) { }
    }

    /// <summary>Without the weights of a layer, which may have zero points.</summary>
    private sealed record Plain : LinearShape
    {
        [SetsRequiredMembers]
        public Plain(LinearShape of)
            : base(of) { }
    }

    private sealed record Asymmetric : LinearShape
    {
        [SetsRequiredMembers]
        public Asymmetric(LinearShape of)
            : base(of) { }

        public override bool IsSymmetric => false;
    }
}
