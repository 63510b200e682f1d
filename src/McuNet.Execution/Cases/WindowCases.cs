using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Execution.Executors;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Execution.Cases;

/// <summary>Cases for a network whose window moves on: windows cut into slices that follow one another, or slices of noise.</summary>
public static class WindowCases
{
    /// <summary>Slices of noise behind those that fill the window.</summary>
    private const int SlicesOfNoise = 8;

    /// <summary>
    /// Cases of windows as slices: the last of a window has its outputs, where those are the network's, and those before have none. A
    /// window that is no multiple of a slice begins with real zeros. Other cases stay as they are.
    /// </summary>
    public static GoldenModel Of(GoldenModel golden, NetworkGraph network)
    {
        if (network.Sliding is not { } sliding || golden.Inputs.Length <= sliding.Port)
            return golden;
        var (rows, tensor) = (SlidingRows.Of(network), golden.Inputs[sliding.Port]);
        if (tensor.Elements != sliding.Rows * rows.Elements)
            return golden;
        return golden with
        {
            Inputs = golden.Inputs.SetItem(sliding.Port, tensor with { Dims = rows.Port.Dims }),
            Cases = [.. golden.Cases.SelectMany(c => Cut(c, rows, tensor))],
        };
    }

    /// <summary>One stream of noise, long enough to fill the window.</summary>
    public static GoldenModel Noise(NetworkGraph network, SlidingInput sliding)
    {
        var inputs = network.Inputs.Where((_, i) => !network.IsStateInput(i)).ToImmutableArray();
        return new(
            network.Name,
            null,
            [.. inputs.Select(p => StreamCases.Tensor(network, p))],
            [.. network.Outputs.Where((_, o) => !network.IsStateOutput(o)).Select(p => StreamCases.Tensor(network, p))],
            [
                .. NoiseCases
                    .Of(network, sliding.WarmUp + SlicesOfNoise)
                    .Select(
                        (stored, n) =>
                            new GoldenCase(
                                $"slice {n + 1}",
                                [.. inputs.Select(p => PortLayout.ToOnnx(stored[network.Inputs.IndexOf(p)], network, p))],
                                [],
                                [],
                                []
                            )
                    ),
            ]
        );
    }

    private static IEnumerable<GoldenCase> Cut(GoldenCase window, SlidingRows rows, GoldenTensor tensor)
    {
        var sliding = rows.Input;
        var slice = sliding.Hop * rows.Elements * tensor.Stored.Bytes();
        var (count, steps) = ((sliding.Rows + sliding.Hop - 1) / sliding.Hop, rows.InTime(window.Inputs[sliding.Port], isWindow: true));
        var stream = Zeros(count * slice, tensor);
        steps.CopyTo(stream, stream.Length - steps.Length);
        for (var n = 0; n < count; n++)
        {
            var taken = rows.InOrder(stream[(n * slice)..((n + 1) * slice)], isWindow: false);
            var isLast = n == count - 1 && sliding.IsPadded;
            yield return new(
                $"{window.Name} slice {n + 1}",
                window.Inputs.SetItem(sliding.Port, taken),
                isLast ? window.Outputs : [],
                isLast ? window.OutputsUnoptimised : [],
                isLast ? window.Top1 : []
            );
        }
    }

    private static byte[] Zeros(int bytes, GoldenTensor tensor)
    {
        var zeros = new byte[bytes];
        if (tensor.Stored is OnnxElementType.Int8 or OnnxElementType.UInt8)
            Array.Fill(zeros, unchecked((byte)tensor.ZeroPoint));
        return zeros;
    }
}
