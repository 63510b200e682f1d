using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor InternalFault = new(
        "MCU9000",
        Error,
        "Internal error",
        "The compiler failed: {0}: {1}. This is a fault of the compiler, not of the model; please report it with the model or its node list."
    );
}
