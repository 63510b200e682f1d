using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Onnx;

/// <summary>
/// Puts the nodes of a model's functions in place of the nodes that call them. Operands that a call omits are omitted inside; an attribute
/// of a node that names one of the call takes its value, else the default, else it is left out. Values inside are named after the call, so
/// that two calls stay apart.
/// </summary>
internal sealed class FunctionCalls
{
    private const int MostNodes = 200_000;
    private const int DeepestCall = 64;
    private const int LongestName = 200;

    private readonly Dictionary<(string Domain, string Name, string Overload), OnnxFunction> _functions = [];
    private readonly OnnxModel _model;
    private readonly FreshNames _names;
    private readonly Stack<OnnxFunction> _entered = [];
    private int _nodes;
    private Diagnostic? _problem;

    private FunctionCalls(OnnxModel model)
    {
        _model = model;
        foreach (var function in model.Functions)
            _functions.TryAdd((function.Domain, function.Name, function.Overload), function);
        _names = new(model.Graph);
    }

    /// <summary>The model without functions, or MCU1025 where they call each other in a circle or come to more nodes than a network can
    /// have.</summary>
    public static StageResult<OnnxModel> Expanded(OnnxModel model)
    {
        if (model.Functions.IsEmpty)
            return StageResult<OnnxModel>.Success(model);
        var calls = new FunctionCalls(model);
        var graph = calls.Expanded(model.Graph);
        return calls._problem is { } problem
            ? StageResult<OnnxModel>.Failure(problem)
            : StageResult<OnnxModel>.Success(model with { Graph = graph, Functions = [] });
    }

    private OnnxGraph Expanded(OnnxGraph graph) => graph with { Nodes = [.. graph.Nodes.SelectMany(Expanded)] };

    private IEnumerable<OnnxNode> Expanded(OnnxNode node)
    {
        if (_problem is not null)
            return [];
        if (++_nodes > MostNodes)
            return Failed(node, $"its functions come to more than {MostNodes:N0} nodes");
        if (!_functions.TryGetValue((node.Domain, node.Operator, node.Overload), out var function))
            return [node.WithGraphs(Expanded)];
        if (_entered.Contains(function))
            return Failed(node, $"the function '{function.Name}' calls itself");
        if (_entered.Count == DeepestCall)
            return Failed(node, $"functions call each other more than {DeepestCall} deep");
        if (node.Inputs.Length > function.Inputs.Length || node.Outputs.Length > function.Outputs.Length)
            return Failed(
                node,
                $"the function '{function.Name}' takes {function.Inputs.Length} operands and gives {function.Outputs.Length}, and the node has {node.Inputs.Length} and {node.Outputs.Length}"
            );
        _entered.Push(function);
        ImmutableArray<OnnxNode> result = [.. Body(node, function).SelectMany(Expanded)];
        _entered.Pop();
        return result;
    }

    private ImmutableArray<OnnxNode> Failed(OnnxNode node, string reason)
    {
        _problem ??= Diagnostic.Create(DiagnosticCatalog.FunctionNotExpanded, node.Label, node.Operator, reason);
        return [];
    }

    /// <summary>The nodes of a function with the names, the attributes and the operator sets that they have for one call.</summary>
    private IEnumerable<OnnxNode> Body(OnnxNode call, OnnxFunction function)
    {
        var names = new Dictionary<string, string>();
        for (var i = 0; i < function.Inputs.Length; i++)
            names[function.Inputs[i]] = i < call.Inputs.Length ? call.Inputs[i] : "";
        var passed = function.Outputs.Take(call.Outputs.Length).ToHashSet();
        foreach (var name in function.Nodes.SelectMany(n => n.Defines).Where(n => !names.ContainsKey(n)).Distinct().ToArray())
            names[name] =
                passed.Contains(name) && call.Outputs[function.Outputs.IndexOf(name)] is { Length: > 0 } output
                    ? output
                    : _names.Of(Inside(call, name));
        foreach (var node in function.Nodes)
        {
            var version = function.Opsets.FirstOrDefault(o => o.Domain == node.Domain)?.Version ?? 0;
            yield return Given(node, call, function).Renamed(names) with
            {
                Name = Inside(call, node.Label),
                Opset = version == 0 || version == _model.OpsetOf(node.Domain) ? null : version,
            };
        }

        for (var i = 0; i < call.Outputs.Length; i++)
        {
            if (function.Inputs.Contains(function.Outputs[i]) && call.Outputs[i].Length > 0)
                yield return new(Inside(call, function.Outputs[i]), "Identity", "", [names[function.Outputs[i]]], [call.Outputs[i]], []);
        }
    }

    /// <summary>The node with the attributes that it has for one call.</summary>
    private static OnnxNode Given(OnnxNode node, OnnxNode call, OnnxFunction function)
    {
        var attributes = node
            .Attributes.Select(a =>
                a.Reference is not { } reference ? a
                : (call.Attribute(reference) ?? function.Defaults.FirstOrDefault(d => d.Name == reference)) is { } value
                    ? value with
                    {
                        Name = a.Name,
                    }
                : null
            )
            .OfType<OnnxAttribute>();
        return (node with { Attributes = [.. attributes] }).WithGraphs(g =>
            g with
            {
                Nodes = [.. g.Nodes.Select(n => Given(n, call, function))],
            }
        );
    }

    private static string Inside(OnnxNode call, string name) => $"{Short(call.Label)}/{Short(name)}";

    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
