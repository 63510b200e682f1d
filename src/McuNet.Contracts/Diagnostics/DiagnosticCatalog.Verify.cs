using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor CoreNotEmulated = new("MCU7021", Error,
        "The core cannot be emulated",
        "{0} has a {1} core, for which there is no emulated board. Leave qemu out of --on, or verify for a Cortex-M device.");

    public static readonly DiagnosticDescriptor CasesDoNotFit = new("MCU7022", Error,
        "The cases belong to another model",
        "The cases in '{0}' do not fit '{1}': {2}. Point --cases to the folder of this model.");

    public static readonly DiagnosticDescriptor ExecutorsDisagree = new("MCU7023", Error,
        "Executors disagree",
        "'{0}' on {1} differs from the cases in {2:N0} of {3:N0} elements, by up to {4:0.######}. Compare with '--on reference' to see whether the model or the executor differs.");

    public static readonly DiagnosticDescriptor CasesQuantizedOtherwise = new("MCU7027", Error,
        "The cases are quantised otherwise than the model",
        "The cases in '{0}' hold '{1}' as {2}, '{3}' has it as {4}: the same integers mean other numbers. Make the cases again for this model, or correct q_dtype or stored, scale and zero_point in golden.json if only they are wrong.");
}
