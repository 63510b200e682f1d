using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor ToolMissing = new(
        "MCU7010",
        Error,
        "A tool is missing",
        "'{0}' was not found on the PATH; it is needed to {1}. On Debian or Ubuntu: apt-get install {2}."
    );

    public static readonly DiagnosticDescriptor CompilationFailed = new(
        "MCU7011",
        Error,
        "C source does not compile",
        "{0} does not compile ({1}):\n{2}\nGenerated code must compile without warnings; please report this with the model."
    );

    public static readonly DiagnosticDescriptor ExecutionFailed = new(
        "MCU7012",
        Error,
        "Compiled model failed while running",
        "{0} ended with {1} on {2}. {3} Please report this with the model."
    );

    public static readonly DiagnosticDescriptor MemoryGuardBroken = new(
        "MCU7013",
        Error,
        "Compiled model wrote outside its memory",
        "{0} wrote {1} on {2}, in case {3}. Please report this with the model."
    );

    public static readonly DiagnosticDescriptor ExecutionTimedOut = new(
        "MCU7014",
        Error,
        "Running the model took too long",
        "{0} did not finish within {1} s on {2}. Use fewer cases or a longer time limit."
    );

    public static readonly DiagnosticDescriptor OnnxRuntimeMissing = new(
        "MCU7015",
        Error,
        "ONNX Runtime is not installed",
        "There is no ONNX Runtime library at {0}: {1}. Set MCUNET_ONNXRUNTIME to one of version {2} or later or its folder, or leave it unset where NuGet can restore the package Microsoft.ML.OnnxRuntime {2}."
    );

    public static readonly DiagnosticDescriptor OnnxRuntimeFailed = new(
        "MCU7016",
        Error,
        "ONNX Runtime reports an error",
        "ONNX Runtime could not {0}: {1}. Check that the model and the tensors fit each other."
    );

    public static readonly DiagnosticDescriptor BoardTooSmall = new(
        "MCU7017",
        Error,
        "Model is too large for the emulated board",
        "{0} does not fit the emulated board {1} ({2} bytes of flash, {3} bytes of RAM of which {4} are stack): {5}. Use a larger board."
    );

    public static readonly DiagnosticDescriptor CasesUnreadable = new(
        "MCU7018",
        Error,
        "Test cases cannot be read",
        "The cases in '{0}' cannot be read: {1}. A case folder holds golden.json and the raw tensors that it names."
    );

    public static readonly DiagnosticDescriptor CyclePluginUnavailable = new(
        "MCU7019",
        Warning,
        "Instructions and cycles cannot be counted",
        "The counting plugin for QEMU is not available: {0}. Results are checked all the same; counts are left out."
    );
}
