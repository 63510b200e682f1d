using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Diagnostics;

namespace McuNet.Compiler.TfLite;

/// <summary>
/// States the first graph of a TFLite model in ONNX: tensors keep the order of their dimensions (channels last), transpositions stand
/// around what ONNX defines on channels first, and import takes them in as views. Variables are pairs of an input and an output.
/// </summary>
internal sealed class GraphStatement
{
    private readonly TfLiteGraph _graph;
    private readonly OnnxStatement _onnx = new();
    private readonly TensorStatement _tensors;
    private readonly VariableStatement _variables;
    private readonly ImportFaults _faults = new();
    private readonly HashSet<int> _lost = [];

    private GraphStatement(TfLiteModel model)
    {
        _graph = model.Graphs[0];
        _tensors = new(_graph, _onnx);
        _variables = new(model, _tensors, _onnx);
    }

    /// <summary>The model, or what is wrong with each operator that does not depend on another that is wrong.</summary>
    public static StageResult<OnnxModel> State(TfLiteModel model) => new GraphStatement(model).State();

    private StageResult<OnnxModel> State()
    {
        foreach (var input in _graph.Inputs)
            Attempt(() => _tensors.Input(input), [input]);
        ImmutableArray<string> ports = [.. _graph.Outputs.Select(_tensors.Port)];
        foreach (var node in _graph.Nodes)
        {
            if (node.Inputs.Any(_lost.Contains))
                _lost.UnionWith(node.Outputs);
            else
                Attempt(() => Import(node), node.Outputs);
        }

        for (var i = 0; i < ports.Length; i++)
        {
            var (output, port) = (_graph.Outputs[i], ports[i]);
            if (!_lost.Contains(output))
                Attempt(() => _tensors.Leaving(output, _tensors[output], port), []);
        }

        if (_faults.IsEmpty)
            Attempt(_variables.Leave, []);
        return !_faults.IsEmpty
            ? StageResult<OnnxModel>.Failure(_faults.Joined())
            : StageResult<OnnxModel>.Success(_onnx.Model(_graph.Name.Length > 0 ? _graph.Name : "main"));
    }

    private void Import(TfLiteNode node)
    {
        var row =
            TfLiteOperators.Of(node)
            ?? throw ImportFailure.Of(
                DiagnosticCatalog.OperatorNotSupported,
                node.Label,
                node.Operator,
                "tflite",
                node.Version,
                TfLiteOperators.AdviceFor(node),
                TfLiteOperators.Supported
            );
        if (node.Inputs.Length < row.Fewest || node.Inputs.Length > row.Most || node.Outputs.Length < row.Results)
            throw ImportFailure.Of(
                DiagnosticCatalog.AttributeNotSupported,
                node.Label,
                node.Operator,
                "operands and results",
                $"{node.Inputs.Length} and {node.Outputs.Length}",
                $"It has {row.Fewest}{(row.Most > row.Fewest ? " or more" : "")} and {row.Results}."
            );
        if (row.State is { } state)
            state(new(node, _tensors, _onnx));
        else
            _variables.State(node);
    }

    /// <summary>Runs a step; where it fails, its tensors are lost and whatever depends on them is passed over in silence.</summary>
    private void Attempt(Action step, IEnumerable<int> tensors)
    {
        try
        {
            step();
        }
        catch (ImportFailure failure)
        {
            _faults.Add(failure);
            _lost.UnionWith(tensors);
        }
    }
}
