using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using McuNet.Compiler.Graph;

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
        var golden = new JsonObject { ["model"] = "digits", ["inputs"] = inputs, ["outputs"] = outputs, ["cases"] = new JsonArray(cases.ToArray()) };
        File.WriteAllText(Path.Combine(folder, "golden.json"), golden.ToJsonString());
        return folder;
    }

    /// <summary>One case of noise; <paramref name="error"/> is added to the first element of the expected output.</summary>
    public static string OfReference(Workspace workspace, int error = 0, int rows = 28)
    {
        var graph = Compilation.Load(workspace.Model, "digits").Value;
        var input = new TensorData(graph[graph.Inputs[0].Tensor].Type);
        new System.Random(1).NextBytes(input.Bytes);
        var output = ReferenceEvaluator.Run(graph, [input])[0].Bytes.ToArray();
        output[0] = unchecked((byte)(output[0] + error));
        var folder = Write(workspace, [new JsonObject { ["inputs"] = new JsonArray("in.bin"), ["outputs"] = new JsonArray("out.bin") }],
            new JsonArray(Tensor(graph.Inputs[0], [1, 1, rows, 28])), new JsonArray(Tensor(graph.Outputs[0], graph.Outputs[0].Dims)));
        File.WriteAllBytes(Path.Combine(folder, "in.bin"), input.Bytes[..(rows * 28)]);
        File.WriteAllBytes(Path.Combine(folder, "out.bin"), output);
        return folder;
    }

    private static JsonObject Tensor(GraphPort port, IEnumerable<int> dims) => new()
    {
        ["name"] = port.Name, ["dims"] = new JsonArray(dims.Select(d => (JsonNode)d).ToArray()), ["stored"] = port.Element.ToString().ToLowerInvariant(),
    };
}
