using System;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Runtimes.Cases;

namespace McuNet.Execution.Layers;

/// <summary>How a result differs from ONNX Runtime's: both in ONNX order, ours brought to the signedness of theirs.</summary>
/// <param name="Largest">Largest difference: in steps of the quantised value, or absolute for floats, infinite where one is no
/// number.</param>
/// <param name="Worst">The first element with the largest difference; null where none differs.</param>
public sealed record TensorDifference(int Elements, int Mismatches, double Largest, DifferingElement? Worst)
{
    /// <summary>Compares elements as numbers; a difference of the two zero points is no difference.</summary>
    /// <param name="ours">The network's tensor, in stored order.</param>
    /// <param name="theirs">The value that <paramref name="view"/> describes, in ONNX order and of its type.</param>
    public static TensorDifference Of(TensorData ours, OnnxView view, ReadOnlySpan<byte> theirs)
    {
        var own = InOnnxOrder(ours.Bytes, view);
        var offset = view.Type.IsQuantized ? view.Type.ZeroPoint - ours.Type.ZeroPoint : 0;
        var (count, mismatches, largest, worst) = (view.Type.Shape.Elements, 0, 0.0, (DifferingElement?)null);
        for (var i = 0; i < count; i++)
        {
            var (here, there) = (Number(own, i, ours.Type.Element) + offset, Number(theirs, i, view.Type.Element));
            if (here.Equals(there))
                continue;
            mismatches++;
            var difference = Math.Abs(here - there) is var d && double.IsNaN(d) ? double.PositiveInfinity : d;
            if (worst is null || difference > largest)
                (largest, worst) = (difference, new(i, here, there));
        }

        return new(count, mismatches, largest, worst);
    }

    private static byte[] InOnnxOrder(byte[] stored, OnnxView view)
    {
        var (shape, element) = (view.Type.Shape, view.Type.Element);
        return view.StoredOrder ? stored : TensorLayout.ToNchw(stored, [1, shape.Channels, shape.Height, shape.Width], element.Size());
    }

    private static double Number(ReadOnlySpan<byte> bytes, int index, ElementType element) =>
        element switch
        {
            ElementType.Int8 => (sbyte)bytes[index],
            ElementType.UInt8 => bytes[index],
            _ => MemoryMarshal.Cast<byte, float>(bytes)[index],
        };
}

/// <summary>One element in both results.</summary>
/// <param name="Index">Position in ONNX order.</param>
public sealed record DifferingElement(int Index, double Here, double There);
