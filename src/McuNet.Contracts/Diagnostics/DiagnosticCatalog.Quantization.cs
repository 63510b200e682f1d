using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor NodeStaysFloat = new("MCU3001", Error,
        "Node computes in floating point",
        "Node '{0}' ({1}) computes in float32: {2}. Export the model fully quantised to int8 (QDQ format, activations included), for example with the static quantisation of ONNX Runtime.");

    public static readonly DiagnosticDescriptor QuantizationInvalid = new("MCU3002", Error,
        "Quantisation parameters are not valid",
        "'{0}' has {1} = {2}; {3} Quantise the model again.");

    public static readonly DiagnosticDescriptor QuantizationAxisNotSupported = new("MCU3003", Error,
        "Quantisation axis is not supported",
        "'{0}' is quantised along axis {1} with {2} scales; {3} Quantise weights per tensor or per output channel.");

    public static readonly DiagnosticDescriptor BiasRescaled = new("MCU3004", Warning,
        "Bias has another scale than its layer",
        "The bias of node '{0}' has scale {1} where input and weights call for {2}; it was rounded to that scale. Quantise the bias with input scale x weight scale.");

    public static readonly DiagnosticDescriptor QuantizationsDiffer = new("MCU3005", Error,
        "Quantisation parameters contradict each other",
        "Node '{0}' ({1}) takes '{2}' with scale {3} and zero point {4}, but its producer gave it scale {5} and zero point {6}. Quantise the model again.");

    public static readonly DiagnosticDescriptor CalibrationUnused = new("MCU3006", Warning,
        "Calibration data is not used",
        "'{0}' is quantised already, so the calibration data in '{1}' is not used. Remove the option, or compile the float model once calibration of float models is available.");
}
