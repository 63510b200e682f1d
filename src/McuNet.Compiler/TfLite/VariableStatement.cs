using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Import;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>
/// Resource variables as pairs of an input, from which an inference takes the value, and an output, which gives the one for the next
/// inference.
/// </summary>
internal sealed class VariableStatement(TfLiteModel model, TensorStatement tensors, OnnxStatement onnx)
{
    private readonly Dictionary<int, string> _handles = [];
    private readonly Dictionary<string, string> _inputs = [];
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Variables that are written, in the order of the first time, with the tensor written last.</summary>
    private readonly List<(string Variable, int Tensor)> _written = [];

    public void State(TfLiteNode node)
    {
        switch (node.Operator)
        {
            case "VAR_HANDLE":
                _handles[node.Outputs[0]] = Key(node);
                break;
            case "READ_VARIABLE":
                Read(node);
                break;
            case "ASSIGN_VARIABLE":
                Assign(node);
                break;
            default:
                Initialise(node);
                break;
        }
    }

    /// <summary>Adds the outputs.</summary>
    public void Leave()
    {
        foreach (var (variable, tensor) in _written)
        {
            var port = onnx.Fresh($"{variable}_next");
            tensors.Leaving(tensor, tensors[tensor], port);
            if (_inputs.TryGetValue(variable, out var input))
                onnx.State(input, port);
        }
    }

    private void Read(TfLiteNode node)
    {
        var (variable, result) = (Of(node), tensors[node.Outputs[0]]);
        if (!_values.TryGetValue(variable, out var value))
        {
            var port = _inputs[variable] = onnx.Fresh(variable);
            _values[variable] = value = tensors.Entering(port, result);
        }

        tensors.Know(result.Index, value, node.Label);
    }

    private void Assign(TfLiteNode node)
    {
        var (variable, tensor) = (Of(node), node.Inputs[1]);
        _values[variable] = tensors.Real(tensor, node.Label);
        var at = _written.FindIndex(w => w.Variable == variable);
        if (at < 0)
            _written.Add((variable, tensor));
        else
            _written[at] = (variable, tensor);
    }

    private string Of(TfLiteNode node) =>
        _handles.TryGetValue(node.Inputs[0], out var variable)
            ? variable
            : throw ImportFailure.Of(
                DiagnosticCatalog.ValueMissing,
                node.Label,
                node.Inputs[0] < 0 ? "a variable" : tensors[node.Inputs[0]].Label
            );

    /// <summary>What another graph does before the first inference: it may give variables zeros, and nothing else.</summary>
    private void Initialise(TfLiteNode node)
    {
        var index = node.Options?.Int("init_subgraph_index") ?? 0;
        if (index <= 0 || index >= model.Graphs.Length)
            throw ImportFailure.Of(
                DiagnosticCatalog.AttributeNotSupported,
                node.Label,
                node.Operator,
                "init_subgraph_index",
                index,
                $"There are {model.Graphs.Length} graphs, and 0 is the network."
            );
        var graph = model.Graphs[index];
        foreach (var step in graph.Nodes.Where(n => n.Operator != "VAR_HANDLE"))
        {
            if (step.Operator != "ASSIGN_VARIABLE" || step.Inputs.Length != 2 || step.Inputs.Contains(-1))
                throw ImportFailure.Of(
                    DiagnosticCatalog.AttributeNotSupported,
                    node.Label,
                    node.Operator,
                    "an operator",
                    step.Label,
                    "Before the first inference variables may be given constants, and nothing else."
                );
            var value = graph.Tensors[step.Inputs[1]];
            if (!IsZero(value))
                throw ImportFailure.Of(
                    DiagnosticCatalog.AttributeNotSupported,
                    node.Label,
                    node.Operator,
                    "the first value of a variable",
                    value.Label,
                    "It must be a constant of zeros: states begin with zeros."
                );
        }
    }

    /// <summary>Whether all elements of a constant stand for zero.</summary>
    private static bool IsZero(TfLiteTensor tensor)
    {
        if (tensor.Data is not { } data)
            return false;
        var zero = tensor.Quantization?.ZeroPoints is [var point, ..] ? point : 0;
        return tensor.Type switch
        {
            TfLiteType.Int8 or TfLiteType.UInt8 => !data.Span.ContainsAnyExcept(unchecked((byte)zero)),
            TfLiteType.Int16 => !MemoryMarshal.Cast<byte, short>(data.Span).ContainsAnyExcept((short)zero),
            TfLiteType.Float32 => !MemoryMarshal.Cast<byte, float>(data.Span).ContainsAnyExcept(0f),
            _ => false,
        };
    }

    private static string Key(TfLiteNode node) =>
        node.Options is { } options && options.Text("shared_name") is { Length: > 0 } name ? name : node.Label;
}
