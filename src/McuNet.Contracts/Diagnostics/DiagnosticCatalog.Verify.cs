using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor CoreNotEmulated = new(
        "MCU7021",
        Error,
        "The core cannot be emulated",
        "{0} has a {1} core, for which there is no emulated board. Leave qemu out of --on, or verify for a Cortex-M device."
    );

    public static readonly DiagnosticDescriptor CasesDoNotFit = new(
        "MCU7022",
        Error,
        "The cases belong to another model",
        "The cases in '{0}' do not fit '{1}': {2}. Point --cases to the folder of this model."
    );

    public static readonly DiagnosticDescriptor ExecutorsDisagree = new(
        "MCU7023",
        Error,
        "Executors disagree",
        "'{0}' on {1} differs from the cases in {2:N0} of {3:N0} elements, by up to {4:0.######}. Compare with '--on reference' to see whether the model or the executor differs."
    );

    public static readonly DiagnosticDescriptor CasesQuantizedOtherwise = new(
        "MCU7027",
        Error,
        "The cases are quantised otherwise than the model",
        "The cases in '{0}' hold '{1}' as {2}, '{3}' has it as {4}: the same integers mean other numbers. Make the cases again for this model, or correct q_dtype or stored, scale and zero_point in golden.json if only they are wrong."
    );

    public static readonly DiagnosticDescriptor ExecutorNotExact = new(
        "MCU7028",
        Error,
        "Generated code differs from the reference",
        "'{0}' on {1} does not give what the reference evaluator gives: in case {2} of {3}, byte {4} of '{5}' is {6} and must be {7} ({8:N0} bytes differ in all cases). "
            + "Generated code must equal the reference bit for bit; please report this with the model."
    );

    public static readonly DiagnosticDescriptor FirmwareNotPossible = new(
        "MCU7040",
        Error,
        "No firmware project can be written for the device",
        "A firmware project for {0} cannot be written: {1}. Take another device, or compile the model and call its C from a project of the vendor's."
    );

    public static readonly DiagnosticDescriptor FirmwareCaseTooLarge = new(
        "MCU7041",
        Error,
        "No case fits the flash beside the network",
        "'{0}' with the program that measures it takes {1:N0} bytes of the {2:N0} bytes of flash of {3}; a case takes {4:N0} more. Take a device with more flash."
    );

    public static readonly DiagnosticDescriptor BoardLogUnreadable = new(
        "MCU7042",
        Error,
        "The log is not a whole log of a board",
        "'{0}' is not a whole log of a board: {1}. Run the firmware again, and keep all of its lines to the one that begins with 'mn: end'."
    );

    public static readonly DiagnosticDescriptor BoardLogOfOther = new(
        "MCU7043",
        Error,
        "The log is of another model, code or device",
        "'{0}' is a log of {1} {2}, not of {3}. Give --log the model, the device and the options that --firmware had, and the same version of mcunet (the log has {4})."
    );

    public static readonly DiagnosticDescriptor BoardOutputsWrong = new(
        "MCU7044",
        Error,
        "Outputs on the board are wrong",
        "'{0}' on {1} gave wrong outputs in {2} of {3} cases: in case {4}, byte {5} is {6} and must be {7} ({8} bytes of that output differ); {9}. Check with 'mcunet verify --on qemu'; where that is exact, look at clock, flash wait states and memory of the board, else report it with the model."
    );
}
