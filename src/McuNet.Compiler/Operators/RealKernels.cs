using System;
using System.Collections.Immutable;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;

namespace McuNet.Compiler.Operators;

/// <summary>Kernels on real numbers that several operators have.</summary>
internal static class RealKernels
{
    /// <summary>Steps of an element of a sum or product, of an output of pooling, and of each input of that.</summary>
    private const double ElementSteps = 2.5, PoolSteps = 5.5, PoolTapSteps = 1.25;

    /// <summary>A function of each element.</summary>
    /// <param name="function">Its name among <see cref="RealFunctions"/>.</param>
    public static OperatorKernel<Layer<T>> Unary<T>(string function, Func<Layer<T>, bool> applies, Func<Layer<T>, UnaryFunction.RealForm> form, Func<T, Clamp> clamp)
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
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, 1, Operations(headers)),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, 1, Operations(headers)),
        };
    }

    /// <summary>A sum or product of two tensors.</summary>
    /// <param name="function">Of the kernel.</param>
    public static OperatorKernel<TLayer> Elements<TLayer, T>(string function)
        where TLayer : Layer<T>
        where T : Operator, IClamped => new()
        {
            Function = function,
            Sources = ["mn_elements.h", "mn_real_limit.h", $"{function}.c"],
            ParameterType = "mn_elements",
            Parameters = l => [.. Limits(l.Operator.Clamp), new IntegerParameter("channels", l.Output.Shape.Channels)],
            Arguments = [KernelArgument.Row0, KernelArgument.Row1, KernelArgument.Output, KernelArgument.Columns],
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, ElementSteps, 1),
            JoinedCycles = (l, t) => ElementCost.OfJoinedRow(l.Output.Shape, t, ElementSteps, 1),
        };

    /// <summary>Pooling over a window.</summary>
    /// <param name="count">By what an average divides, 0 for the number of inputs inside.</param>
    public static OperatorKernel<Layer<T>> Pool<T>(string function, Func<T, Window> window, Func<T, Clamp> clamp, Func<T, int> count)
        where T : Operator => new()
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
            Cycles = (l, t) => ElementCost.OfRow(l.Output.Shape, t, PoolSteps + PoolTapSteps * window(l.Operator).Taps, window(l.Operator).Taps),
        };

    /// <summary>The range of a fused activation.</summary>
    public static ImmutableArray<KernelParameter> Limits(Clamp clamp) => [new RealParameter("low", clamp.Finite.Low), new RealParameter("high", clamp.Finite.High)];

    /// <summary>Float operations of a function, roughly: two of its own, and a polynomial of each header.</summary>
    private static double Operations(ImmutableArray<string> headers) => 2 + 15 * Math.Max(0, headers.Length - 1);
}
