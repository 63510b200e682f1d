using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor NoKernelForTypes = new(
        "MCU3001",
        Error,
        "No kernel computes in floating point here",
        "{0} ({1}) would compute from {2}, {3:0.#} % of the multiply-accumulates, for which there is no kernel: {4}. Export the model fully quantised to int8 (QDQ format, activations included), for example with the static quantisation of ONNX Runtime, or let this compiler quantise it: give calibration data (--calibration, Calibration in the McuModel item)."
    );

    public static readonly DiagnosticDescriptor QuantizationInvalid = new(
        "MCU3002",
        Error,
        "Quantisation parameters are not valid",
        "'{0}' has {1} = {2}; {3} Quantise the model again."
    );

    public static readonly DiagnosticDescriptor QuantizationAxisNotSupported = new(
        "MCU3003",
        Error,
        "Quantisation axis is not supported",
        "'{0}' is quantised along axis {1} with {2} scales; {3} Quantise weights per tensor or per output channel."
    );

    public static readonly DiagnosticDescriptor BiasRescaled = new(
        "MCU3004",
        Warning,
        "Bias has another scale than its layer",
        "The bias of node '{0}' has scale {1} where input and weights call for {2}; it was rounded to that scale. Quantise the bias with input scale x weight scale."
    );

    public static readonly DiagnosticDescriptor QuantizationsDiffer = new(
        "MCU3005",
        Error,
        "Quantisation parameters contradict each other",
        "Node '{0}' ({1}) takes '{2}' with scale {3} and zero point {4}, but its producer gave it scale {5} and zero point {6}. Quantise the model again."
    );

    public static readonly DiagnosticDescriptor CalibrationUnused = new(
        "MCU3006",
        Warning,
        "Calibration data is not used",
        "'{0}' is quantised already, so the calibration data in '{1}' is not used. Remove the option, or compile the float model."
    );

    public static readonly DiagnosticDescriptor QuantizationImpossible = new(
        "MCU3007",
        Error,
        "Node cannot be quantised",
        "Node '{0}' ({1}) cannot be quantised: {2}. {3}"
    );

    public static readonly DiagnosticDescriptor CalibrationUnreadable = new(
        "MCU3008",
        Error,
        "Calibration or test data cannot be used",
        "The data in '{0}' cannot be used for '{1}': {2}. A folder of pictures (.png, .jpg, .bmp), or of one folder of them for each class, will do; an IDX file; and in the model's own order (NCHW) raw tensors (.bin), a case folder with golden.json, or an .npz or .safetensors file with x and y."
    );

    public static readonly DiagnosticDescriptor QuantizedAlready = new(
        "MCU3009",
        Error,
        "Model is quantised already",
        "'{0}' is quantised already: node '{1}' is {2}. Give the float model that it was made from, or compile it as it is."
    );

    public static readonly DiagnosticDescriptor FloatWithoutFpu = new(
        "MCU3011",
        Warning,
        "Floating point on a core without FPU",
        "{0} of the {1} layers of '{2}' compute in float32 ({3}), and {4} ({5}) has no unit for that: they take about {6:0.#} of {7:0.#} ms. Quantise the model, here by calibration data (--calibration, Calibration in the McuModel item), or choose a device with an FPU."
    );

    public static readonly DiagnosticDescriptor FloatIslands = new(
        "MCU3012",
        Info,
        "Part of a quantised network computes in floating point",
        "{0} of the {1} layers of '{2}' compute in float32, {3:0.#} % of the multiply-accumulates: {4}. Where that is not meant, quantise their results too."
    );

    public static readonly DiagnosticDescriptor WeightsRounded = new(
        "MCU3013",
        Info,
        "Weights were rounded to float16",
        "{0:N0} of the {1:N0} weights of '{2}' are rounded to float16, by at most {3:0.####} % of the largest weight of their layer ({4}); {5} layers have weights beyond 65504 and stay float32. Leave out --weight-format float16 (WeightFormat in the McuModel item) where that is too much."
    );

    public static readonly DiagnosticDescriptor RangeNotFinite = new(
        "MCU3010",
        Error,
        "Tensor has no finite range",
        "Tensor '{0}' was infinite, or not a number, on the calibration data, or never computed. Check the data and the weights; the layers before it must give finite numbers."
    );

    public static readonly DiagnosticDescriptor PixelsAssumed = new(
        "MCU3014",
        Warning,
        "What pixels stand for is assumed",
        "Nothing says what the pixels in '{0}' stand for: '{1}' takes them from 0 to 1. If it was trained so, say Preprocess=\"0..1\" (--preprocess 0..1), else what it was trained with: -1..1, raw (0..255), or means and standard deviations."
    );

    public static readonly DiagnosticDescriptor LayerUnknown = new(
        "MCU3015",
        Error,
        "Layer to keep out of int8 is not there",
        "'{0}' has no layer '{1}' that quantisation rounds. Name some of these: {2}."
    );

    public static readonly DiagnosticDescriptor TargetMissed = new(
        "MCU3016",
        Warning,
        "Quantised model is further from the float model than asked for",
        "With {0} of the {1} layers of '{2}' in {3}, {4}, where {5} was asked for; {6}. Allow more with --target, give --real auto where int16 is not enough, or a larger device."
    );
}
