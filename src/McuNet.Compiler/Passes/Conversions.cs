using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Passes;

/// <summary>Recognises conversions between real and quantised values, and operators that treat values as mere symbols or by order
/// only.</summary>
internal static class Conversions
{
    /// <summary>Real to quantised, nothing else.</summary>
    public static bool IsQuantize(Node node) => node.Operator is Quantize { Clamp: var clamp } && clamp == Clamp.None;

    /// <summary>Changes how a value is stored, or limits it, and nothing else.</summary>
    public static bool IsConversion(Operator op) => op is Quantize or Dequantize or Rescale or Clip;

    /// <summary>Commutes with any conversion that keeps order.</summary>
    public static bool IsMover(Operator op) => OperatorTable.UseOf(op) == ValueUse.Moves;

    public static Node? DequantizeOf(this GraphEditor editor, TensorId tensor) =>
        editor.ProducerOf(tensor) is { Operator: Dequantize } node ? node : null;
}
