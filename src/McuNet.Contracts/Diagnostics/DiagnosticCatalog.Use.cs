using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

/// <summary>Uses of a model's class that compile and are wrong.</summary>
public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor UseBufferLength = new(
        "MCU7101",
        Warning,
        "Buffer has the wrong length for the model",
        "The buffer for '{0}.{1}' has {2} elements, and it takes {3}. Make it as long as {4}."
    );

    public static readonly DiagnosticDescriptor UseInvokeBeforeInput = new(
        "MCU7102",
        Warning,
        "Model runs before it has an input",
        "'{0}' runs for the first time here, and nothing has set its input: the result is that of an arena of zeros. Set the input first."
    );

    public static readonly DiagnosticDescriptor UseInvokeTwice = new(
        "MCU7103",
        Warning,
        "Model runs twice on one input",
        "'{0}' runs again, and nothing has set its input since: a run may overwrite it, so that the result means nothing. Set the input before each run."
    );

    public static readonly DiagnosticDescriptor UseStaleOutput = new(
        "MCU7104",
        Warning,
        "Output is read after the next input was set",
        "'{0}' is a view of the output of '{1}', which has got its next input since and has not run on it: the bytes may be those of the input. Copy the "
            + "output before the input is set (CopyOutput, ToArray)."
    );

    public static readonly DiagnosticDescriptor UseCreatedInLoop = new(
        "MCU7105",
        Warning,
        "Model is created in a loop",
        "A '{0}' is created in each pass of a loop, with an arena of {1:N0} bytes. Create it once before the loop; a run leaves nothing behind that the "
            + "next one minds."
    );

    public static readonly DiagnosticDescriptor UseArenaTaken = new(
        "MCU7106",
        Warning,
        "Another model has used the arena since",
        "'{0}' and '{1}' share an arena, and '{1}' got an input or ran since '{0}' did: what '{0}' had there is gone. Run and read one model before the other "
            + "gets its input, or give '{0}' an arena of its own."
    );

    public static readonly DiagnosticDescriptor UseModelUnused = new(
        "MCU7107",
        Warning,
        "Model is created and not used",
        "Nothing uses '{0}', which takes an arena of {1:N0} bytes. Remove it."
    );

    public static readonly DiagnosticDescriptor UseModelClassUnused = new(
        "MCU7108",
        Warning,
        "Class of a model is not used",
        "'{0}' completes a model, and nothing in the project names it. Remove the class where firmware uses the C alone, or make it public for other projects."
    );
}
