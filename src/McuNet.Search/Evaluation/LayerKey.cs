using McuNet.Compiler.Graph;
using McuNet.Compiler.Scheduling;

namespace McuNet.Search.Evaluation;

/// <summary>All that kernel and price of a layer depend on in the networks of a search: equal keys, equal figures.</summary>
/// <param name="Window">Null where the operator has none.</param>
/// <param name="KeepsInput">Whether a later layer reads the input again.</param>
internal readonly record struct LayerKey(
    string Kind,
    Window? Window,
    TensorShape Input,
    TensorShape Output,
    bool KeepsInput,
    InputMode Mode
)
{
    public static LayerKey Of(Operator op, NodeTypes types, bool keepsInput, InputMode mode) =>
        new(
            op.Kind,
            op switch
            {
                Compiler.Operators.Conv2D conv => conv.Window,
                Compiler.Operators.DepthwiseConv2D depthwise => depthwise.Window,
                _ => null,
            },
            types.Input.Shape,
            types.Output.Shape,
            keepsInput,
            mode
        );
}
