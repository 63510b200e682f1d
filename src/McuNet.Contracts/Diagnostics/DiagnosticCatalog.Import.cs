using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor ModelNotFound = new(
        "MCU1001",
        Error,
        "Model file not found",
        "The model file '{0}' does not exist. Check the path in the McuModel item; it is relative to the project file."
    );

    public static readonly DiagnosticDescriptor ModelUnreadable = new(
        "MCU1002",
        Error,
        "Model file is damaged",
        "'{0}' cannot be read as {1}: {2}. Export the model again, or check that the file was copied completely."
    );

    public static readonly DiagnosticDescriptor OperatorNotSupported = new(
        "MCU1003",
        Error,
        "Operator is not supported",
        "Node '{0}' uses operator {1} (domain '{2}', opset {3}), which is not supported. {4} Supported: {5}."
    );

    public static readonly DiagnosticDescriptor AttributeNotSupported = new(
        "MCU1004",
        Error,
        "Attribute value is not supported",
        "Node '{0}' ({1}) has {2} = {3}, which is not supported. {4}"
    );

    public static readonly DiagnosticDescriptor DimensionNotFixed = new(
        "MCU1005",
        Error,
        "Dimension has no fixed size",
        "Input '{0}' has dimensions [{1}]; dimension {2} ('{3}') has no fixed size. Export the model with fixed input dimensions and a batch of 1."
    );

    public static readonly DiagnosticDescriptor DimensionsNotSupported = new(
        "MCU1006",
        Error,
        "Dimensions are not supported",
        "'{0}' ({1}) has dimensions [{2}]: {3}"
    );

    public static readonly DiagnosticDescriptor ExternalData = new(
        "MCU1007",
        Error,
        "Weights outside the model file cannot be read",
        "'{0}' keeps its data in the file '{1}': {2}. {3}"
    );

    public static readonly DiagnosticDescriptor ElementTypeNotSupported = new(
        "MCU1008",
        Error,
        "Element type is not supported",
        "'{0}' has element type {1}; supported are {2}. Convert the model to one of them."
    );

    public static readonly DiagnosticDescriptor OperandNotConstant = new(
        "MCU1009",
        Error,
        "Operand must be a constant",
        "Node '{0}' ({1}) needs a constant as its {2} ('{3}'). Fold constants before export (for example with onnxsim or onnxruntime's basic optimisations)."
    );

    public static readonly DiagnosticDescriptor ValueMissing = new(
        "MCU1010",
        Error,
        "A value has no producer",
        "'{0}' reads '{1}', which no input, initialiser or earlier node produces. Check the model with onnx.checker and export it again."
    );

    public static readonly DiagnosticDescriptor ElementOrderNotSupported = new(
        "MCU1011",
        Error,
        "Operator needs a transposition of data",
        "Node '{0}' ({1}) takes '{2}' in element order [{3}], but needs [{4}]: data would have to be moved. Remove the Transpose or Reshape before it, or export the model in NCHW order."
    );

    public static readonly DiagnosticDescriptor NoOutputs = new(
        "MCU1013",
        Error,
        "Model has no outputs",
        "The graph '{0}' names no output, so that nothing of it is needed. Name the outputs when exporting (output_names of torch.onnx.export, outputs of tf2onnx)."
    );

    public static readonly DiagnosticDescriptor NameDefinedTwice = new(
        "MCU1014",
        Error,
        "A value is defined twice",
        "The value '{0}' is defined by {1} and again by {2}. Every value of a graph has one definition; check the model with onnx.checker and export it again."
    );

    public static readonly DiagnosticDescriptor NodesInCircle = new(
        "MCU1015",
        Error,
        "Nodes depend on each other in a circle",
        "Node '{0}' ({1}) depends on its own result. Check the model with onnx.checker and export it again; a state between inferences is an input and an output of the graph."
    );

    public static readonly DiagnosticDescriptor IntegersNotDefined = new(
        "MCU1016",
        Error,
        "Operator takes real numbers",
        "Node '{0}' ({1}) takes '{2}', which holds {3} integers (scale {4}, zero point {5}); ONNX defines {1} on real numbers. Put a DequantizeLinear before it and a QuantizeLinear behind it."
    );

    public static readonly DiagnosticDescriptor FileIsSomethingElse = new(
        "MCU1017",
        Error,
        "File is not a model",
        "'{0}' is {1}, not a model in ONNX or TensorFlow Lite. {2}"
    );

    public static readonly DiagnosticDescriptor TooLarge = new(
        "MCU1018",
        Error,
        "Tensor is larger than any microcontroller holds",
        "'{0}' ({1}) would be {2}: more than the {3} that are supported. Check pads, sizes and scales of the node; a tensor of that size fits no device."
    );

    public static readonly DiagnosticDescriptor FunctionNotExpanded = new(
        "MCU1025",
        Error,
        "Functions of the model cannot be put in place of their calls",
        "'{0}' calls the function '{1}': {2}. Export the model without functions (onnx.inliner.inline_local_functions, or export_modules_as_functions=False)."
    );

    public static readonly DiagnosticDescriptor BranchNotKnown = new(
        "MCU1026",
        Error,
        "Branch depends on the input",
        "'{0}' is an If whose condition '{1}' is only known when the network runs. Generated code has one schedule: export the branch that is needed, with fixed input dimensions (conditions on them are decided while compiling)."
    );
}
