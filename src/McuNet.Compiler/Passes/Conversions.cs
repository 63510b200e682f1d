using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>Recognises the kinds of <see cref="Requantize"/> nodes, and the operators that treat values as mere symbols or by order only.</summary>
internal static class Conversions
{
    /// <summary>Real to quantised, nothing else.</summary>
    public static bool IsQuantize(this GraphEditor editor, Node node) =>
        node.Operator is Requantize { Clamp: var clamp } && clamp == Clamp.None && !editor.TypeOf(node.Inputs[0]).IsQuantized && editor.TypeOf(node.Output).IsQuantized;

    /// <summary>Quantised to real, nothing else.</summary>
    public static bool IsDequantize(this GraphEditor editor, Node node) =>
        node.Operator is Requantize { Clamp: var clamp } && clamp == Clamp.None && editor.TypeOf(node.Inputs[0]).IsQuantized && !editor.TypeOf(node.Output).IsQuantized;

    /// <summary>A clamp between equal types.</summary>
    public static bool IsActivation(this GraphEditor editor, Node node) =>
        node.Operator is Requantize && editor.TypeOf(node.Inputs[0]) == editor.TypeOf(node.Output);

    /// <summary>Commutes with any conversion that keeps order.</summary>
    public static bool IsMover(Operator op) => OperatorTable.UseOf(op) == ValueUse.Moves;

    public static Node? DequantizeOf(this GraphEditor editor, TensorId tensor) =>
        editor.ProducerOf(tensor) is { } node && editor.IsDequantize(node) ? node : null;
}
