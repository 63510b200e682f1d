using System.Collections.Immutable;

namespace McuNet.Compiler.Onnx;

/// <summary>Decodes FunctionProto.</summary>
internal static class OnnxFunctionReader
{
    public static OnnxFunction Read(WireReader reader)
    {
        var (name, domain, overload) = ("", "", "");
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        var defaults = ImmutableArray.CreateBuilder<OnnxAttribute>();
        var nodes = ImmutableArray.CreateBuilder<OnnxNode>();
        var opsets = ImmutableArray.CreateBuilder<OnnxOpset>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 4:
                    inputs.Add(reader.Text());
                    break;
                case 5:
                    outputs.Add(reader.Text());
                    break;
                case 7:
                    nodes.Add(OnnxNodeReader.ReadNode(reader.Message()));
                    break;
                case 9:
                    opsets.Add(OnnxReader.ReadOpset(reader.Message()));
                    break;
                case 10:
                    domain = reader.Text();
                    break;
                case 11:
                    defaults.Add(OnnxNodeReader.ReadAttribute(reader.Message()));
                    break;
                case 13:
                    overload = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new(
            OnnxModel.Normalize(domain),
            name,
            overload,
            inputs.ToImmutable(),
            outputs.ToImmutable(),
            defaults.ToImmutable(),
            nodes.ToImmutable(),
            opsets.ToImmutable()
        );
    }
}
