using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor ModelNotFound = new("MCU1001", Error,
        "Model file not found",
        "The model file '{0}' does not exist. Check the path in the McuModel item; it is relative to the project file.");

    public static readonly DiagnosticDescriptor ModelUnreadable = new("MCU1002", Error,
        "Model file is not a valid ONNX file",
        "'{0}' cannot be read as ONNX: {1} (at byte {2} of {3}). Export the model again, or check that the file was copied completely.");

    public static readonly DiagnosticDescriptor OperatorNotSupported = new("MCU1003", Error,
        "Operator is not supported",
        "Node '{0}' uses operator {1} (domain '{2}', opset {3}), which is not supported. {4} Supported: {5}.");
}
