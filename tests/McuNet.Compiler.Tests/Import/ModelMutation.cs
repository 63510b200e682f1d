using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Tests.Import;

/// <summary>Changes one thing of a model, as damaged files, wrong exports and ill will do: names, edges, operators, attributes, dimensions,
/// scales.</summary>
internal static class ModelMutation
{
    private static readonly long[] Numbers =
    [
        -2,
        -1,
        0,
        1,
        2,
        3,
        7,
        255,
        65_536,
        1 << 20,
        int.MaxValue,
        (long)int.MaxValue + 1,
        long.MinValue,
    ];
    private static readonly float[] Reals =
    [
        0,
        -0f,
        1,
        -1,
        0.1f,
        1e-39f,
        1e-20f,
        1e20f,
        3e38f,
        float.NaN,
        float.PositiveInfinity,
        float.NegativeInfinity,
    ];
    private static readonly string[] Texts = ["", "constant", "reflect", "SAME_UPPER", "VALID", "nearest", "linear", "x\ny"];

    /// <returns>The changed model, and what was changed.</returns>
    public static (OnnxModel Model, string Kind) Of(OnnxModel model, Random random)
    {
        var graph = model.Graph;
        var at = random.Next(graph.Nodes.Length);
        var node = graph.Nodes[at];
        OnnxModel With(OnnxNode changed) => model with { Graph = graph with { Nodes = graph.Nodes.SetItem(at, changed) } };
        switch (random.Next(13))
        {
            case 0 when node.Inputs.Length > 0:
                return (
                    With(node with { Inputs = node.Inputs.SetItem(random.Next(node.Inputs.Length), AnyName(graph, random)) }),
                    "edge moved"
                );
            case 1:
                return (With(node with { Inputs = node.Inputs.Add(AnyName(graph, random)) }), "input added");
            case 2 when node.Inputs.Length > 0:
                return (With(node with { Inputs = node.Inputs.RemoveAt(random.Next(node.Inputs.Length)) }), "input removed");
            case 3:
                return (
                    With(node with { Operator = OnnxOperators.Rows[random.Next(OnnxOperators.Rows.Length)].Operator }),
                    "operator replaced"
                );
            case 4 when OnnxOperators.Of(node) is { Attributes.Count: > 0 } signature:
                var (name, type) = signature
                    .Attributes.OrderBy(a => a.Key, StringComparer.Ordinal)
                    .ElementAt(random.Next(signature.Attributes.Count));
                return (
                    With(node with { Attributes = [.. node.Attributes.Where(a => a.Name != name), Attribute(name, type, random)] }),
                    "attribute set"
                );
            case 5 when node.Attributes.Length > 0:
                return (
                    With(node with { Attributes = node.Attributes.SetItem(0, Changed(node.Attributes[0], random)) }),
                    "attribute changed"
                );
            case 6 when node.Outputs.Length > 0:
                return (With(node with { Outputs = [AnyName(graph, random)] }), "output renamed");
            case 7:
                return (model with { Graph = graph with { Nodes = graph.Nodes.RemoveAt(at) } }, "node removed");
            case 8:
                return (
                    model with
                    {
                        Graph = graph with { Nodes = graph.Nodes.RemoveAt(at).Insert(random.Next(graph.Nodes.Length), node) },
                    },
                    "node moved"
                );
            case 9 when graph.Inputs is [var input, ..] && input.Dims is { Length: > 0 } dims:
                var changed = input with { Dims = dims.SetItem(random.Next(dims.Length), Numbers[random.Next(Numbers.Length)]) };
                return (model with { Graph = graph with { Inputs = graph.Inputs.SetItem(0, changed) } }, "input dimension");
            case 10:
                return (model with { Opsets = [.. model.Opsets.Select(o => o with { Version = random.Next(1, 25) })] }, "opset");
            case 11 or 12 when graph.Initializers.Length > 0:
                return Constant(model, random);
            default:
                return (With(node with { Domain = "com.microsoft" }), "domain");
        }
    }

    private static (OnnxModel, string) Constant(OnnxModel model, Random random)
    {
        var graph = model.Graph;
        var at = random.Next(graph.Initializers.Length);
        var tensor = graph.Initializers[at];
        OnnxModel With(OnnxTensor changed) => model with { Graph = graph with { Initializers = graph.Initializers.SetItem(at, changed) } };
        var data = tensor.Data.ToArray();
        if (tensor.Type == OnnxType.Float && data.Length >= 4 && random.Next(3) > 0)
        {
            MemoryMarshal.Cast<byte, float>(data.AsSpan())[random.Next(data.Length / 4)] = Reals[random.Next(Reals.Length)];
            return (With(tensor with { Data = data }), "real changed");
        }

        if (data.Length > 0 && random.Next(2) == 0)
        {
            data[random.Next(data.Length)] = (byte)random.Next(256);
            return (With(tensor with { Data = data }), "byte changed");
        }

        return random.Next(2) == 0
            ? (With(tensor with { Dims = tensor.Dims.Add(1).Reverse().ToImmutableArray() }), "dimension added")
            : (
                With(
                    tensor with
                    {
                        Type = tensor.Type == OnnxType.Int8 ? OnnxType.UInt8 : OnnxType.Int8,
                        Data = data.AsMemory(0, (int)tensor.Dims.Aggregate(1L, (a, b) => a * b) is var n && n <= data.Length ? n : 0),
                    }
                ),
                "type changed"
            );
    }

    private static OnnxAttribute Attribute(string name, OnnxAttributeType type, Random random) =>
        Changed(
            new OnnxAttribute
            {
                Name = name,
                Type = type,
                Ints = [.. new long[random.Next(1, 9)]],
                Floats = [0],
            },
            random
        );

    private static OnnxAttribute Changed(OnnxAttribute attribute, Random random) =>
        attribute.Type switch
        {
            OnnxAttributeType.Int => attribute with { Int = Numbers[random.Next(Numbers.Length)] },
            OnnxAttributeType.Float => attribute with { Float = Reals[random.Next(Reals.Length)] },
            OnnxAttributeType.String => attribute with { Text = Texts[random.Next(Texts.Length)] },
            OnnxAttributeType.Ints when attribute.Ints.Length > 0 => attribute with
            {
                Ints = attribute.Ints.SetItem(random.Next(attribute.Ints.Length), Numbers[random.Next(Numbers.Length)]),
            },
            _ => attribute with { Type = OnnxAttributeType.Int, Int = 1 },
        };

    private static string AnyName(OnnxGraph graph, Random random)
    {
        string[] names =
        [
            .. graph.Nodes.SelectMany(n => n.Outputs),
            .. graph.Initializers.Select(i => i.Name),
            .. graph.Inputs.Select(i => i.Name),
            "nowhere",
        ];
        return names[random.Next(names.Length)];
    }
}
