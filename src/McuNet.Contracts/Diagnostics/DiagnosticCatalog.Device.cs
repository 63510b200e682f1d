using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor DeviceUnknown = new(
        "MCU5001",
        Error,
        "Device is not known",
        "There is no device '{0}'. The nearest names are {1}. 'mcunet devices' lists all; a path to a JSON device file works too."
    );

    public static readonly DiagnosticDescriptor DeviceFileNotJson = new(
        "MCU5002",
        Error,
        "Device file is not valid JSON",
        "The device file '{0}' is not valid JSON: {1} Correct the file at this place."
    );

    public static readonly DiagnosticDescriptor DevicePropertyUnknown = new(
        "MCU5003",
        Error,
        "Device file has an unknown property",
        "{0} has no property '{1}'. Its properties are {2}. Correct the name or remove it."
    );

    public static readonly DiagnosticDescriptor DevicePropertyMissing = new(
        "MCU5004",
        Error,
        "Device file lacks a property",
        "{0} lacks the property '{1}' ({2}). Add it; docs/adding-a-device.md shows a complete file."
    );

    public static readonly DiagnosticDescriptor DeviceValueInvalid = new(
        "MCU5005",
        Error,
        "Device file has an unusable value",
        "{0} is {1}, but must be {2}. Correct the value."
    );

    public static readonly DiagnosticDescriptor DeviceInconsistent = new(
        "MCU5006",
        Error,
        "Device file contradicts itself",
        "{0}: {1} Compare with the data sheet and correct one of the two."
    );

    public static readonly DiagnosticDescriptor DevicePropertyDuplicate = new(
        "MCU5007",
        Error,
        "Device file has a property twice",
        "{0} has the property '{1}' more than once. Remove all but one."
    );
}
