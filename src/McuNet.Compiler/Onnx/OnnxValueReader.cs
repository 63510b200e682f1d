using System.Collections.Immutable;

namespace McuNet.Compiler.Onnx;

/// <summary>Decodes ValueInfoProto with its TypeProto and TensorShapeProto.</summary>
internal static class OnnxValueReader
{
    public static OnnxValueInfo Read(WireReader reader)
    {
        var value = new OnnxValueInfo("", OnnxType.Undefined, null, []);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Name = reader.Text() };
                    break;
                case 2:
                    value = ReadType(reader.Message(), value);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static OnnxValueInfo ReadType(WireReader reader, OnnxValueInfo value)
    {
        while (reader.Next())
        {
            if (reader.Field == 1)
                value = ReadTensorType(reader.Message(), value);
            else
                reader.Skip();
        }

        return value;
    }

    private static OnnxValueInfo ReadTensorType(WireReader reader, OnnxValueInfo value)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    value = value with { Type = (OnnxType)(int)reader.Int64() };
                    break;
                case 2:
                    value = ReadShape(reader.Message(), value);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static OnnxValueInfo ReadShape(WireReader reader, OnnxValueInfo value)
    {
        var dims = ImmutableArray.CreateBuilder<long>();
        var symbols = ImmutableArray.CreateBuilder<string>();
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var (size, symbol) = ReadDimension(reader.Message());
            dims.Add(size);
            symbols.Add(symbol);
        }

        return value with
        {
            Dims = dims.ToImmutable(),
            Symbols = symbols.ToImmutable(),
        };
    }

    private static (long Size, string Symbol) ReadDimension(WireReader reader)
    {
        var (size, symbol) = (-1L, "?");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    size = reader.Int64();
                    break;
                case 2:
                    symbol = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (size, symbol);
    }
}
