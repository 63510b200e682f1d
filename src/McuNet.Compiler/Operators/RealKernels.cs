using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Kernels on real numbers that several operators have.</summary>
internal static class RealKernels
{
    /// <summary>Steps of an element of a sum or product, and of a function; of each row of a window of pooling, of each input in it, and of
    /// a pixel.</summary>
    private const double ElementSteps = 2.5,
        UnarySteps = 2,
        PoolRowSteps = 3.25,
        PoolTapSteps = 0.8,
        PoolPixelSteps = 6;

    /// <summary>What is left of the cycles of a sum, a product, or a function without a polynomial where one layer calls the
    /// kernel.</summary>
    private const double AloneElement = 0.8;

    /// <summary>What is left of the cycles of pooling where one layer calls the kernel: loops over small windows are no loops
    /// then.</summary>
    private const double FewTaps = 4,
        MostUnrolled = 9,
        AloneFew = 0.5,
        AloneSome = 0.85,
        AloneMany = 0.95,
        ManyTaps = 16;

    /// <summary>A function of each element.</summary>
    /// <param name="function">Its name among <see cref="RealFunctions"/>.</param>
    public static OperatorKernel<Layer<T>> Unary<T>(
        string function,
        Func<Layer<T>, bool> applies,
        Func<Layer<T>, UnaryFunction.RealForm> form,
        Func<T, Clamp> clamp
    )
        where T : Operator
    {
        var headers = RealFunctions.HeadersOfFunction(function);
        var name = $"mn_unary_f32_portable_{function}";
        return new()
        {
            Function = name,
            Sources = ["mn_unary.h", "mn_real_limit.h", .. headers, $"{name}.c"],
            ParameterType = "mn_unary",
            Applies = applies,
            Parameters = l =>
                [
                    new RealParameter("a", form(l).A),
                    new RealParameter("b", form(l).B),
                    .. Limits(clamp(l.Operator)),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                ],
            Arguments = [KernelArgument.Row0, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, UnarySteps, Operations(headers)),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, UnarySteps, Operations(headers)),
            AloneShare = _ => headers.Length > 1 ? 1 : AloneElement,
        };
    }

    /// <summary>A sum or product of two tensors.</summary>
    /// <param name="function">Of the kernel.</param>
    public static OperatorKernel<TLayer> Elements<TLayer, T>(string function)
        where TLayer : Layer<T>
        where T : Operator, IClamped =>
        new()
        {
            Function = function,
            Sources = ["mn_elements.h", "mn_real_limit.h", $"{function}.c"],
            ParameterType = "mn_elements",
            Parameters = l => [.. Limits(l.Operator.Clamp), new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, ElementSteps, 1),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, ElementSteps, 1),
            AloneShare = _ => AloneElement,
        };

    /// <summary>Pooling over a window.</summary>
    /// <param name="count">By what an average divides, 0 for the number of inputs inside.</param>
    /// <param name="isUnrolled">As <see cref="AlonePool"/> has it.</param>
    public static OperatorKernel<Layer<T>> Pool<T>(
        string function,
        Func<T, Window> window,
        Func<T, Clamp> clamp,
        Func<T, int> count,
        bool isUnrolled
    )
        where T : Operator =>
        new()
        {
            Function = function,
            Sources = ["mn_pool_f32.h", "mn_real_limit.h", "mn_columns.h", $"{function}.c"],
            ParameterType = "mn_pool_f32",
            Parameters = l =>
                [
                    .. Limits(clamp(l.Operator)),
                    new IntegerParameter("count", count(l.Operator)),
                    new IntegerParameter("in_width", l.Input.Shape.Width),
                    new IntegerParameter("channels", l.Output.Shape.Channels),
                    new IntegerParameter("kernel_height", window(l.Operator).KernelHeight),
                    new IntegerParameter("kernel_width", window(l.Operator).KernelWidth),
                    new IntegerParameter("stride", window(l.Operator).StrideWidth),
                    new IntegerParameter("dilation", window(l.Operator).DilationWidth),
                    new IntegerParameter("pad_left", window(l.Operator).PadLeft),
                ],
            Arguments = [KernelArgument.Window, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => PoolRow(l.Output.Shape, window(l.Operator).MeanInside(l.Input.Shape, l.Output.Shape), t),
            AloneShare = l => AlonePool(window(l.Operator), isUnrolled),
        };

    /// <summary>What is left of the cycles of pooling where one layer calls the kernel.</summary>
    /// <param name="isUnrolled">Whether loops over windows of nine taps without padding are no loops then.</param>
    public static double AlonePool(Window window, bool isUnrolled) =>
        window.Taps <= (isUnrolled && !window.HasPadding ? MostUnrolled : FewTaps) ? AloneFew
        : window.Taps < ManyTaps ? AloneSome
        : AloneMany;

    private static double PoolRow(TensorShape output, (double Rows, double Taps) inside, KernelTarget target) =>
        ElementCost.OfRow(output, target, inside.Rows * PoolRowSteps + inside.Taps * PoolTapSteps, inside.Taps)
        + ElementCost.OfPixels(output, target, PoolPixelSteps);

    /// <summary>The range of a fused activation.</summary>
    public static ImmutableArray<KernelParameter> Limits(Clamp clamp) =>
        [new RealParameter("low", clamp.Finite.Low), new RealParameter("high", clamp.Finite.High)];

    /// <summary>Float operations of a function, roughly: two of its own, and a polynomial of each header.</summary>
    private static double Operations(ImmutableArray<string> headers) => 2 + 15 * Math.Max(0, headers.Length - 1);
}
