using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor DeviceUnknown = new("MCU5001", Error,
        "Device is not known",
        "There is no device '{0}'. The nearest names are {1}. 'mcunet devices' lists all; a path to a JSON device file works too.");
}
