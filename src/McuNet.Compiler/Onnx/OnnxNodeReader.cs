using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace McuNet.Compiler.Onnx;

/// <summary>Decodes NodeProto and AttributeProto.</summary>
internal static class OnnxNodeReader
{
    public static OnnxNode ReadNode(WireReader reader, int depth = 0)
    {
        var (name, type, domain, overload) = ("", "", "", "");
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var attributes = ImmutableArray.CreateBuilder<OnnxAttribute>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    type = reader.Text();
                    break;
                case 5:
                    attributes.Add(ReadAttribute(reader.Message(), depth));
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                case 8:
                    overload = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(name, type, OnnxModel.Normalize(domain), inputs.ToImmutable(), outputs.ToImmutable(), attributes.ToImmutable())
        {
            Overload = overload,
        };
    }

    public static OnnxAttribute ReadAttribute(WireReader reader, int depth = 0)
    {
        var attribute = new OnnxAttribute { Name = "" };
        var ints = new WireIntegers();
        var floats = ImmutableArray.CreateBuilder<float>();
        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute = attribute with { Name = reader.Text() };
                    break;
                case 2:
                    attribute = attribute with { Float = reader.Float() };
                    break;
                case 3:
                    attribute = attribute with { Int = reader.Int64() };
                    break;
                case 4:
                    attribute = attribute with { Text = reader.Text() };
                    break;
                case 5:
                    attribute = attribute with { Tensor = OnnxTensorReader.Read(ref reader) };
                    break;
                case 6:
                    attribute = attribute with { Graph = OnnxReader.ReadGraph(ref reader, depth + 1) };
                    break;
                case 7:
                    floats.AddRange(MemoryMarshal.Cast<byte, float>(reader.Fixed(4).Span));
                    break;
                case 8:
                    reader.Int64s(ints);
                    break;
                case 9:
                    texts.Add(reader.Text());
                    break;
                case 20:
                    attribute = attribute with { Type = (OnnxAttributeType)(int)reader.Int64() };
                    break;
                case 21:
                    attribute = attribute with { Reference = reader.Text() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return attribute with
        {
            Ints = ints.ToImmutable(),
            Floats = floats.ToImmutable(),
            Texts = texts.ToImmutable(),
        };
    }
}
