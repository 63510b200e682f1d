using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor GraphInvalid = new("MCU2001", Error,
        "Network breaks a rule of the compiler",
        "After {0}, network '{1}' is not valid: {2}. This is a defect of the compiler; please report it with the model.");

    public static readonly DiagnosticDescriptor NetworkEmpty = new("MCU2002", Warning,
        "Network computes nothing",
        "Network '{0}' has no operator: its outputs are its inputs, at most in another shape. The compiled model copies them. Check that the right outputs were exported.");

    public static readonly DiagnosticDescriptor StateUnsuitable = new("MCU2003", Error,
        "Input and output are no state",
        "Network '{0}' cannot keep the state \"{1}\": {2}. Write State=\"input:output\" with an input and an output of the model, several with semicolons between them, or State=\"none\".");

    public static readonly DiagnosticDescriptor StateGuessed = new("MCU2004", Warning,
        "Inputs and outputs were taken for states",
        "Network '{0}' is taken to keep states between inferences, because they are inputs and outputs of equal shape and quantisation: {1}. They are neither inputs nor outputs of " +
        "the compiled model. Declare them with State=\"{2}\" if that is so, and with State=\"none\" if not.");
}
