using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.Cases;
using McuNet.Runtimes.OnnxRuntime;

namespace McuNet.Cli;

/// <summary>Cases for a network whose window moves on: windows cut into slices that follow one another, or slices of noise.</summary>
internal static class WindowCases
{
    /// <summary>Slices of noise behind those that fill the window.</summary>
    private const int SlicesOfNoise = 8;

    /// <summary>
    /// Cases of windows as slices: the last of a window has its outputs, where those are the network's, and those before have none. A window that is no
    /// multiple of a slice begins with real zeros. Other cases stay as they are.
    /// </summary>
    public static GoldenModel Of(GoldenModel golden, NetworkGraph network)
    {
        if (network.Sliding is not { } sliding || golden.Inputs.Length <= sliding.Port)
            return golden;
        var (port, tensor) = (network.Inputs[sliding.Port], golden.Inputs[sliding.Port]);
        var shape = network[port.Tensor].Type.Shape;
        if (tensor.Elements != sliding.Rows * shape.RowElements)
            return golden;
        return golden with
        {
            Inputs = golden.Inputs.SetItem(sliding.Port, tensor with { Dims = port.Dims }),
            Cases = [.. golden.Cases.SelectMany(c => Cut(c, network, sliding, tensor))],
        };
    }

    /// <summary>One stream of noise, long enough to fill the window.</summary>
    public static GoldenModel Noise(NetworkGraph network, SlidingInput sliding)
    {
        var inputs = network.Inputs.Where((_, i) => !network.IsStateInput(i)).ToImmutableArray();
        return new(network.Name, null, [.. inputs.Select(p => StreamCases.Tensor(network, p))],
            [.. network.Outputs.Where((_, o) => !network.IsStateOutput(o)).Select(p => StreamCases.Tensor(network, p))],
            [.. NoiseCases.Of(network, sliding.WarmUp + SlicesOfNoise).Select((stored, n) => new GoldenCase($"slice {n + 1}",
                [.. inputs.Select(p => PortLayout.ToOnnx(stored[network.Inputs.IndexOf(p)], network, p))], [], [], []))]);
    }

    private static IEnumerable<GoldenCase> Cut(GoldenCase window, NetworkGraph network, SlidingInput sliding, GoldenTensor tensor)
    {
        var port = network.Inputs[sliding.Port];
        var type = network[port.Tensor].Type;
        var row = type.Shape.RowElements * tensor.Stored.Bytes();
        var (count, rows) = ((sliding.Rows + sliding.Hop - 1) / sliding.Hop, SlidingRows.Stored(window.Inputs[sliding.Port], port, type.Shape with { Height = sliding.Rows }));
        var stream = Zeros(count * sliding.Hop * row, tensor);
        rows.CopyTo(stream, stream.Length - rows.Length);
        for (var n = 0; n < count; n++)
        {
            var slice = SlidingRows.Onnx(stream[(n * sliding.Hop * row)..((n + 1) * sliding.Hop * row)], port, type.Shape);
            var isLast = n == count - 1 && sliding.IsPadded;
            yield return new($"{window.Name} slice {n + 1}", window.Inputs.SetItem(sliding.Port, slice),
                isLast ? window.Outputs : [], isLast ? window.OutputsUnoptimised : [], isLast ? window.Top1 : []);
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
