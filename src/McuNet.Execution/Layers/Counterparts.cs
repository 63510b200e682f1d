using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;

namespace McuNet.Execution.Layers;

/// <summary>
/// Finds for each node of a network the ONNX value with its result, by name: tensors keep the name of the value that they were imported
/// as, and passes append <c>_q</c> where they quantise it and <c>_s8</c> or <c>_u8</c> where they change its sign.
/// </summary>
/// <remarks>Reshapes and changes of sign at the inputs compute nothing and have no counterpart.</remarks>
public static class Counterparts
{
    private const int SignedOffset = 128;

    /// <param name="network">What importer and passes make of the model.</param>
    /// <returns>In topological order.</returns>
    public static ImmutableArray<Counterpart> Of(OnnxModel model, NetworkGraph network)
    {
        var imported = ModelImporter.Import(model, network.Name).Value;
        List<NetworkGraph> stages = [];
        PassPipeline.Run(imported, (_, stage) => stages.Add(stage));
        var candidates = network
            .Nodes.Where(n => Computes(n, network))
            .Select(n => (Node: n, Names: Candidates(n, network, imported)))
            .ToArray();
        var views = OnnxViews.Of(model, candidates.SelectMany(c => c.Names).Distinct());
        return [.. candidates.Select(c => Choose(c.Node, network, stages, [.. c.Names.Select(views.GetValueOrDefault)]))];
    }

    private static bool Computes(Node node, NetworkGraph network) =>
        node.Operator is not Reshape
        && !(
            node.Operator is Rescale && network.IsInput(node.Inputs[0]) && network[node.Output].Name == network[node.Inputs[0]].Name + "_s8"
        );

    /// <summary>
    /// Names of values that may hold the result of a node, the likeliest first. Real values before a rounding are a result only where
    /// they were rounded before: what an operator hands on, and outputs of the model. Real values that an operator limits are those behind
    /// the activation that it took in.
    /// </summary>
    private static ImmutableArray<string> Candidates(Node node, NetworkGraph network, NetworkGraph imported)
    {
        var name = network[node.Output].Name;
        if (TakesActivation(node, network, imported))
            return Limited(name, imported) is { } limited
                ? [limited]
                : [.. network.Outputs.Where(p => p.Tensor == node.Output).Select(p => p.Name)];
        var plain = WithoutSuffix(name, "_u8");
        var real = WithoutSuffix(plain, "_q");
        var quantised = imported
            .Nodes.Where(n => n.Operator is Quantize or Clip && imported[n.Inputs[0]].Name == real)
            .Select(n => imported[n.Output].Name);
        string[] names =
        [
            name,
            plain,
            .. quantised,
            .. OperatorTable.UseOf(node.Operator) == ValueUse.Moves ? [real] : Array.Empty<string>(),
        ];
        return
        [
            .. names.Where(n => imported.Nodes.Any(i => imported[i.Output].Name == n)),
            .. network.Outputs.Where(p => p.Tensor == node.Output).Select(p => p.Name),
        ];
    }

    /// <summary>Whether real numbers are limited here that were not where the tensor was imported.</summary>
    private static bool TakesActivation(Node node, NetworkGraph network, NetworkGraph imported) =>
        !network[node.Output].Type.IsQuantized
        && node.Operator is IClamped { Clamp: var clamp }
        && clamp != Clamp.None
        && imported.Nodes.FirstOrDefault(n => imported[n.Output].Name == network[node.Output].Name) is { } made
        && !(made.Operator is IClamped { Clamp: var own } && own == clamp);

    /// <summary>The value behind all activations that follow a tensor one after the other; null where none does.</summary>
    private static string? Limited(string name, NetworkGraph imported) =>
        imported.Nodes.FirstOrDefault(n => n.Operator is Clip && imported[n.Inputs[0]].Name == name) is { } clip
            ? Limited(imported[clip.Output].Name, imported) ?? imported[clip.Output].Name
            : null;

    private static string WithoutSuffix(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    private static Counterpart Choose(Node node, NetworkGraph network, List<NetworkGraph> stages, ImmutableArray<OnnxView?> candidates)
    {
        var tensor = network[node.Output];
        ImmutableArray<OnnxView> views = [.. candidates.OfType<OnnxView>().Where(v => IsSame(tensor.Type, v.Type)).Distinct()];
        if (views.IsEmpty)
        {
            return new(
                node,
                network,
                tensor,
                [],
                candidates.IsEmpty ? "no value of the model corresponds to it"
                    : candidates.Contains(null) ? "the order of its elements in the model is not known"
                    : "the model quantises it in another way"
            );
        }

        var shape = views[0].Type.Shape;
        if (shape.Elements == tensor.Type.Shape.Elements)
            return new(node, network, tensor, views);
        foreach (var stage in stages.AsEnumerable().Reverse())
        {
            if (stage.Tensors.FirstOrDefault(t => t.Name == tensor.Name && t.Type == tensor.Type with { Shape = shape }) is { } whole)
                return new(node, stage, whole, views);
        }

        return new(node, network, tensor, [], "it has other elements in the model");
    }

    /// <summary>The same real numbers, or real numbers of which this is the quantised form.</summary>
    private static bool IsSame(TensorType tensor, TensorType value) =>
        value.Quantization is not { } q
        || (
            tensor.Quantization is { } own
            && own.Scale == q.Scale
            && own.ZeroPoint - q.ZeroPoint == Signed(tensor.Element) - Signed(value.Element)
        );

    private static int Signed(ElementType element) => element == ElementType.Int8 ? -SignedOffset : 0;
}
