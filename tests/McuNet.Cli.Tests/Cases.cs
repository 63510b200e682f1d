using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Cli.Printing;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;

namespace McuNet.Cli.Tests;

/// <summary>Case folders for <c>verify</c>, with outputs of the reference evaluator.</summary>
internal static class Cases
{
    /// <summary>A folder that lists these cases and nothing else.</summary>
    public static string Write(Workspace workspace, IEnumerable<JsonNode> cases, JsonArray? inputs = null, JsonArray? outputs = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Root, "cases")).FullName;
        if (inputs is null)
            return folder;
        var golden = new JsonObject
        {
            ["model"] = "digits",
            ["inputs"] = inputs,
            ["outputs"] = outputs,
            ["cases"] = new JsonArray(cases.ToArray()),
        };
        File.WriteAllText(Path.Combine(folder, "golden.json"), golden.ToJsonString());
        return folder;
    }

    /// <summary>One case of noise; <paramref name="error"/> is added to the first element of the expected output.</summary>
    /// <param name="stated">What golden.json says beside names and dimensions, for inputs and outputs; null for the quantisation of the
    /// model.</param>
    public static string OfReference(Workspace workspace, int error = 0, int rows = 28, (string Input, string Output)? stated = null)
    {
        var graph = ModelCompiler.Network(File.ReadAllBytes(workspace.Model), workspace.Model, "digits").Value;
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        new System.Random(1).NextBytes(input.Bytes);
        var output = ReferenceEvaluator.Run(graph, [input])[0].Bytes.ToArray();
        output[0] = unchecked((byte)(output[0] + error));
        var folder = Write(
            workspace,
            [new JsonObject { ["inputs"] = new JsonArray("in.bin"), ["outputs"] = new JsonArray("out.bin") }],
            new JsonArray(Tensor(graph, graph.Inputs[0], [1, 1, rows, 28], stated?.Input)),
            new JsonArray(Tensor(graph, graph.Outputs[0], graph.Outputs[0].Dims, stated?.Output))
        );
        File.WriteAllBytes(Path.Combine(folder, "in.bin"), input.Bytes[..(rows * 28)]);
        File.WriteAllBytes(Path.Combine(folder, "out.bin"), output);
        return folder;
    }

    private static JsonObject Tensor(NetworkGraph graph, GraphPort port, IEnumerable<int> dims, string? stated)
    {
        var type = graph[port.Tensor].Type;
        var tensor = JsonNode
            .Parse(
                stated
                    ?? string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{ "q_dtype": "int8", "scale": {{type.Scale:R}}, "zero_point": {{type.ZeroPoint}}, "onnx_type": "FLOAT" }"""
                    )
            )!
            .AsObject();
        tensor["name"] = port.Name;
        tensor["dims"] = new JsonArray(dims.Select(d => (JsonNode)d).ToArray());
        return tensor;
    }
}
