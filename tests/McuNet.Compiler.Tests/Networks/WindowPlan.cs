using System;
using CsCheck;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Tests.Networks;

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
            KernelHeight = v.Kernel,
            StrideHeight = v.Stride,
            DilationHeight = v.Dilation,
            PadTop = v.Before,
            PadBottom = v.After,
            KernelWidth = h.Kernel,
            StrideWidth = h.Stride,
            DilationWidth = h.Dilation,
            PadLeft = h.Before,
            PadRight = h.After,
        };
    }

    /// <summary>Odd, stride 1, as many outputs as inputs.</summary>
    public Window Same()
    {
        var (height, width) = ((Vertical.Kernel - 1) / 2, Math.Min((Horizontal.Kernel - 1) / 2, 2));
        return new()
        {
            KernelHeight = 2 * height + 1,
            PadTop = height,
            PadBottom = height,
            KernelWidth = 2 * width + 1,
            PadLeft = width,
            PadRight = width,
        };
    }
}

/// <summary>One direction of a window.</summary>
public sealed record WindowAxis(int Kernel, int Stride, int Dilation, int Before, int After)
{
    public static Gen<WindowAxis> Any { get; } =
        Gen.Select(
            Gen.Int[1, 7],
            Gen.Int[1, 3],
            Gen.Int[1, 2],
            Gen.Int[0, 2],
            Gen.Int[0, 2],
            (k, s, d, b, a) => new WindowAxis(k, s, d, b, a)
        );

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
