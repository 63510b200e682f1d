using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Quantization;

/// <summary>
/// Puts Relu and Clip before operators that only move or compare values: the same result, and the layer before them can take the activation
/// into its range.
/// </summary>
internal static class ActivationOrder
{
    public static void Run(OnnxEditor editor)
    {
        for (var changed = true; changed; )
        {
            changed = false;
            foreach (var activation in editor.Nodes)
            {
                if (
                    OnnxOperators.ResultsOf(activation) != ResultValues.Limited
                    || editor.ProducerOf(activation.Inputs[0]) is not { Operator: not "Pad", Outputs.Length: 1 } mover
                    || OnnxOperators.ResultsOf(mover) != ResultValues.Moved
                    || editor.OnlyUse(activation.Inputs[0]) is null
                    || editor.OnlyUse(mover.Inputs[0]) is null
                    || editor.ProducerOf(mover.Inputs[0]) is null
                )
                {
                    continue;
                }

                Swap(editor, mover, activation);
                changed = true;
                break;
            }
        }
    }

    private static void Swap(OnnxEditor editor, OnnxNode mover, OnnxNode activation)
    {
        var between = mover.Outputs[0];
        editor.Replace(mover, activation with { Inputs = activation.Inputs.SetItem(0, mover.Inputs[0]), Outputs = [between] });
        editor.Replace(
            activation,
            mover with
            {
                Inputs = mover.Inputs.SetItem(0, between),
                Outputs = mover.Outputs.SetItem(0, activation.Outputs[0]),
            }
        );
    }
}
