using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Import;

/// <summary>What a graph input is: dimensions, shape under given axes, element type.</summary>
internal static class InputDimensions
{
    private const int MostDimensions = 8;

    /// <summary>Fixed dimensions; a first one, the batch, without a fixed size counts as 1.</summary>
    public static ImmutableArray<int> Of(OnnxValueInfo input)
    {
        if (input.Dims is not { } sizes)
            throw ImportFailure.Of(DiagnosticCatalog.DimensionNotFixed, input.Name, "unknown", 0, "?");
        var shown = string.Join(
            ", ",
            sizes.Select((d, i) => d < 0 ? input.Symbols[i] : d.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
        var dims = ImmutableArray.CreateBuilder<int>(sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
        {
            var isBatch = i == 0 && sizes.Length > 1;
            if (sizes[i] < 0 && !isBatch)
                throw ImportFailure.Of(DiagnosticCatalog.DimensionNotFixed, input.Name, shown, i, input.Symbols[i]);
            if (sizes[i] == 0)
                throw ImportFailure.Of(
                    DiagnosticCatalog.DimensionsNotSupported,
                    input.Name,
                    "input",
                    shown,
                    "a dimension of 0 leaves nothing to compute."
                );
            dims.Add(sizes[i] < 0 ? 1 : checked((int)System.Math.Min(sizes[i], int.MaxValue)));
        }

        if (dims.Count > MostDimensions)
            throw ImportFailure.Of(
                DiagnosticCatalog.DimensionsNotSupported,
                input.Name,
                "input",
                shown,
                $"at most {MostDimensions} dimensions are supported."
            );
        Limits.Require(input.Name, "input", [.. dims]);
        return dims.MoveToImmutable();
    }

    public static TensorShape Shape(ImmutableArray<int> dims, string axes)
    {
        var shape = new TensorShape(1, 1, 1);
        for (var i = 0; i < dims.Length; i++)
        {
            shape = axes[i] switch
            {
                'H' => shape with { Height = dims[i] },
                'W' => shape with { Width = dims[i] },
                'C' => shape with { Channels = dims[i] },
                _ => shape,
            };
        }

        return shape;
    }

    /// <summary>Real numbers of any precision up to float32 are float32 in a network, whole numbers int32, truth values bytes.</summary>
    public static ElementType Element(OnnxValueInfo input) =>
        input.Type switch
        {
            OnnxType.Float or OnnxType.Float16 or OnnxType.BFloat16 => ElementType.Float32,
            OnnxType.Int8 => ElementType.Int8,
            OnnxType.UInt8 or OnnxType.Bool => ElementType.UInt8,
            OnnxType.Int32 or OnnxType.Int64 => ElementType.Int32,
            _ => throw ImportFailure.Of(
                DiagnosticCatalog.ElementTypeNotSupported,
                input.Name,
                input.Type,
                "float32, float16, bfloat16, int8, uint8, int32, int64 and bool"
            ),
        };
}
