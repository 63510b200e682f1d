using System.Linq;

namespace McuNet.Facade;

/// <summary>Members for platforms without spans: elements are read and written by index.</summary>
internal sealed partial class FacadeWriter
{
    private void ArrayMembers()
    {
        _text
            .Blank()
            .Lines(
                """
                /// <summary>The memory of the model; the offset constants say where inputs and outputs lie.</summary>
                public sbyte[] Arena
                {
                    get { return _arena; }
                }
                """
            );
        foreach (var input in _inputs)
        {
            foreach (var (prefix, suffix) in input.Prefixes.Zip(input.Suffixes, (p, s) => (p, s)))
            {
                if (!input.Tensor.Streamed)
                    ArrayInput(input, prefix, suffix);
                PixelSetters(input, prefix, suffix);
                PixelQuantizers(input, suffix);
            }
        }
        foreach (var output in _outputs)
        foreach (var (prefix, suffix) in output.Prefixes.Zip(output.Suffixes, (p, s) => (p, s)))
            ArrayOutput(output, prefix, suffix);
        if (Streamed is { } streamed)
            ArrayRows(streamed);
    }

    private void ArrayInput(FacadeTensor input, string prefix, string suffix) =>
        _text
            .Blank()
            .Lines(
                $$"""
                /// <summary>Where input <c>{{FacadeText.Xml(input.Tensor.Name)}}</c> begins in <see cref="Arena"/>.</summary>
                public const int {{prefix}}Offset = {{input.Tensor.ByteOffset}};

                /// <summary>Sets one stored element of the input, counted in NHWC order.</summary>
                public void Set{{prefix}}At(int index, {{input.Type}} value)
                {
                    {{Store(input, prefix)}};
                }

                /// <summary>Sets the input from real values in NHWC order.</summary>
                public void Set{{prefix}}(float[] values)
                {
                    if (values.Length != {{prefix}}Length)
                        throw new global::System.ArgumentException("There must be as many values as elements.", "values");
                    for (int i = 0; i < values.Length; i++)
                        Set{{prefix}}At(i, {{(input.IsFloat ? "values[i]" : $"Quantize{suffix}(values[i])")}});
                }
                """
            );

    private string Store(FacadeTensor input, string prefix)
    {
        if (input.IsFloat)
            return $"{Engine}.Kernels.StoreF32(_arena, {prefix}Offset + 4 * index, value)";
        return input.IsNumber
            ? string.Join(
                ";\n    ",
                Enumerable
                    .Range(0, 4)
                    .Select(place => $"_arena[{prefix}Offset + 4 * index + {place}] = unchecked((sbyte)(value >> {8 * place}))")
            )
            : $"_arena[{prefix}Offset + index] = unchecked((sbyte)value)";
    }

    private void ArrayOutput(FacadeTensor output, string prefix, string suffix) =>
        _text
            .Blank()
            .Lines(
                $$"""
                /// <summary>Where output <c>{{FacadeText.Xml(output.Tensor.Name)}}</c> begins in <see cref="Arena"/>.</summary>
                public const int {{prefix}}Offset = {{output.Tensor.ByteOffset}};

                /// <summary>One stored element of the output, counted in NHWC order.</summary>
                public {{output.Type}} Get{{prefix}}At(int index)
                {
                    return {{Element(output, prefix)}};
                }

                /// <summary>Copies the real values of the output.</summary>
                /// <param name="destination">At least <see cref="{{prefix}}Length"/> long.</param>
                public void Copy{{prefix}}(float[] destination)
                {
                    for (int i = 0; i < {{prefix}}Length; i++)
                        destination[i] = {{(output.IsFloat ? $"Get{prefix}At(i)" : $"Dequantize{suffix}(Get{prefix}At(i))")}};
                }

                /// <summary>Index of the largest element of the output, the first of equal ones.</summary>
                public int ArgMax{{suffix}}()
                {
                    int best = 0;
                    for (int i = 1; i < {{prefix}}Length; i++)
                        if (Get{{prefix}}At(i) > Get{{prefix}}At(best))
                            best = i;
                    return best;
                }
                """
            );

    private string Element(FacadeTensor output, string prefix)
    {
        string Byte(int place) => $"(_arena[{prefix}Offset + 4 * index + {place}] & 255)";
        if (output.IsFloat)
            return $"{Engine}.Kernels.LoadF32(_arena, {prefix}Offset + 4 * index)";
        return output.IsNumber
            ? string.Join(" | ", Enumerable.Range(0, 4).Select(place => place == 0 ? Byte(0) : $"{Byte(place)} << {8 * place}"))
            : $"unchecked(({output.Type})_arena[{prefix}Offset + index])";
    }

    private void ArrayRows(FacadeTensor input) =>
        _text
            .Blank()
            .Lines(
                $$"""
                /// <summary>Fills one row of the input, {{input.RowElements}} elements.</summary>
                /// <param name="row">From 0 to <see cref="{{input.Prefixes[0]}}Height"/> - 1.</param>
                /// <param name="arena">The memory of the model.</param>
                /// <param name="offset">Where the row begins in it.</param>
                public delegate void RowReader(int row, sbyte[] arena, int offset);

                private void ReadRow(int row, sbyte[] arena, int offset)
                {
                    _reader(row, arena, offset);
                }
                """
            );
}
