using System.Linq;

namespace McuNet.Facade;

/// <summary>Members that hand out the arena as spans.</summary>
internal sealed partial class FacadeWriter
{
    private void SpanMembers()
    {
        foreach (var input in _inputs)
        foreach (var (prefix, suffix) in input.Prefixes.Zip(input.Suffixes, (p, s) => (p, s)))
            SpanInput(input, prefix, suffix);
        foreach (var output in _outputs)
        foreach (var (prefix, suffix) in output.Prefixes.Zip(output.Suffixes, (p, s) => (p, s)))
            SpanOutput(output, prefix, suffix);
        if (Streamed is { } streamed)
            SpanRows(streamed);
    }

    private void SpanInput(FacadeTensor input, string prefix, string suffix)
    {
        var name = FacadeText.Xml(input.Tensor.Name);
        if (!input.Tensor.Streamed)
        {
            _text
                .Blank()
                .Lines(
                    $$"""
                    /// <summary>Input <c>{{name}}</c>, {{input.ShapeText}}, in NHWC order. Running the network may overwrite it.</summary>
                    public global::System.Span<{{input.Type}}> {{prefix}} => {{View(
                        input,
                        "_arena",
                        $"{input.Tensor.ByteOffset}",
                        input.Bytes
                    )}};

                    /// <summary>Sets <see cref="{{prefix}}"/> from real values in NHWC order.</summary>
                    public void Set{{prefix}}(global::System.ReadOnlySpan<float> values) => Quantize{{suffix}}(values, {{prefix}});
                    """
                );
        }
        PixelSetters(input, prefix, suffix);
        SpanQuantize(input, suffix);
        PixelQuantizers(input, suffix);
    }

    private void SpanQuantize(FacadeTensor input, string suffix)
    {
        var convert = input.IsFloat
            ? "    values.CopyTo(destination);"
            : $"    for (int i = 0; i < values.Length; i++)\n        destination[i] = Quantize{suffix}(values[i]);";
        _text
            .Blank()
            .Lines(
                $$"""
                /// <summary>Writes real values in their stored form; for the whole input or one row of it.</summary>
                public static void Quantize{{suffix}}(global::System.ReadOnlySpan<float> values, global::System.Span<{{input.Type}}> destination)
                {
                    if (values.Length != destination.Length)
                        throw new global::System.ArgumentException("There must be as many values as elements.", nameof(values));
                {{convert}}
                }
                """
            );
    }

    private void SpanOutput(FacadeTensor output, string prefix, string suffix)
    {
        var name = FacadeText.Xml(output.Tensor.Name);
        var convert = output.IsFloat
            ? $"    {prefix}.CopyTo(destination);"
            : $"    global::System.ReadOnlySpan<{output.Type}> stored = {prefix};\n"
                + $"    for (int i = 0; i < stored.Length; i++)\n        destination[i] = Dequantize{suffix}(stored[i]);";
        _text
            .Blank()
            .Lines(
                $$"""
                /// <summary>Output <c>{{name}}</c>, {{output.ShapeText}}, in NHWC order. Valid until the next run or change of an
                /// input.</summary>
                public global::System.ReadOnlySpan<{{output.Type}}> {{prefix}} => {{View(
                    output,
                    "_arena",
                    $"{output.Tensor.ByteOffset}",
                    output.Bytes
                )}};

                /// <summary>Copies the real values of <see cref="{{prefix}}"/>.</summary>
                /// <param name="destination">At least <see cref="{{prefix}}Length"/> long.</param>
                public void Copy{{prefix}}(global::System.Span<float> destination)
                {
                {{convert}}
                }

                /// <summary>Index of the largest element of <see cref="{{prefix}}"/>, the first of equal ones.</summary>
                public int ArgMax{{suffix}}()
                {
                    global::System.ReadOnlySpan<{{output.Type}}> values = {{prefix}};
                    int best = 0;
                    for (int i = 1; i < values.Length; i++)
                        if (values[i] > values[best])
                            best = i;
                    return best;
                }
                """
            );
    }

    private void SpanRows(FacadeTensor input) =>
        _text
            .Blank()
            .Lines(
                $"""
                /// <summary>Fills one row of the input, {input.Tensor.Width} x {input.Tensor.Channels} elements.</summary>
                /// <param name="row">From 0 to <see cref="{input.Prefixes[0]}Height"/> - 1.</param>
                /// <param name="destination">The row, to be written completely.</param>
                public delegate void RowReader(int row, global::System.Span<{input.Type}> destination);

                private void ReadRow(int row, sbyte[] arena, int offset) => _reader!(row, {View(input, "arena", "offset", input.RowBytes)});
                """
            );

    private static string View(FacadeTensor tensor, string array, string offset, int bytes)
    {
        var span = $"new global::System.Span<sbyte>({array}, {offset}, {bytes})";
        return tensor.Type == "sbyte" ? span : $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<sbyte, {tensor.Type}>({span})";
    }
}
