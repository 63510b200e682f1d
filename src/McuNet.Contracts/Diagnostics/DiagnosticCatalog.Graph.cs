using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor GraphInvalid = new(
        "MCU2001",
        Error,
        "Network breaks a rule of the compiler",
        "After {0}, network '{1}' is not valid: {2}. This is a defect of the compiler; please report it with the model."
    );

    public static readonly DiagnosticDescriptor NetworkEmpty = new(
        "MCU2002",
        Warning,
        "Network computes nothing",
        "Network '{0}' has no operator: its outputs are its inputs, at most in another shape. The compiled model copies them. Check that the right outputs were exported."
    );

    public static readonly DiagnosticDescriptor StateUnsuitable = new(
        "MCU2003",
        Error,
        "Input and output are no state",
        "Network '{0}' cannot keep the state \"{1}\": {2}. Write State=\"input:output\" with an input and an output of the model, several with semicolons between them, or State=\"none\"."
    );

    public static readonly DiagnosticDescriptor StateGuessed = new(
        "MCU2004",
        Warning,
        "Inputs and outputs were taken for states",
        "Network '{0}' is taken to keep states between inferences, because they are inputs and outputs of equal shape and quantisation: {1}. They are neither inputs nor outputs of "
            + "the compiled model. Declare them with State=\"{2}\" if that is so, and with State=\"none\" if not."
    );

    public static readonly DiagnosticDescriptor HopUnsuitable = new(
        "MCU2005",
        Error,
        "The window of an input cannot move on by so many rows",
        "Network '{0}' cannot take the new rows of a window by \"{1}\": {2}. "
            + "Write Hop=\"input:rows\" with an input of the model and the rows that are new in each inference."
    );

    public static readonly DiagnosticDescriptor HopPadded = new(
        "MCU2006",
        Warning,
        "Rows at the ends of a window are computed again",
        "Network '{0}' pads along time in {1}: {2:N0} of the {3:N0} multiply-accumulates of an inference "
            + "compute rows at the ends of the window again, and whole windows are kept for them. "
            + "Train and export it with causal padding, or none, along time; or set HopPadding=\"stream\", "
            + "where layers see the rows of the stream in place of padding."
    );

    public static readonly DiagnosticDescriptor HopRecomputes = new(
        "MCU2007",
        Warning,
        "Most of a network is computed again for every window",
        "Of the {2:N0} multiply-accumulates of network '{0}', {1:N0} are computed again for every window, "
            + "from '{3}' ({4}) on, which takes the whole window and not row after row. "
            + "Move it behind the layers that go along time, or declare the states of a streaming form of the model."
    );
}
