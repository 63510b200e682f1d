using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor GraphInvalid = new("MCU2001", Error,
        "Network breaks a rule of the compiler",
        "After {0}, network '{1}' is not valid: {2}. This is a defect of the compiler; please report it with the model.");

    public static readonly DiagnosticDescriptor NetworkEmpty = new("MCU2002", Error,
        "Network computes nothing",
        "Network '{0}' has no operator: its outputs are its inputs, at most in another shape. There is nothing to compile. Check that the right outputs were exported.");
}
