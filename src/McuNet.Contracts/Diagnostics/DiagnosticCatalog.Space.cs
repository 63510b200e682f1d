using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor SpaceUnknown = new(
        "MCU8001",
        Error,
        "Search space is not known",
        "There is no search space '{0}': it is neither a file nor one of {1}. Name one of these or the path of a JSON file."
    );

    public static readonly DiagnosticDescriptor SpaceFileNotJson = new(
        "MCU8002",
        Error,
        "Search-space file is not valid JSON",
        "The search-space file '{0}' is not valid JSON: {1} Correct the file at this place."
    );

    public static readonly DiagnosticDescriptor SpaceFieldUnknown = new(
        "MCU8003",
        Error,
        "Search-space file has an unknown field",
        "{0} has no field '{1}'. Its fields are {2}. Correct the name or remove it."
    );

    public static readonly DiagnosticDescriptor SpaceFieldMissing = new(
        "MCU8004",
        Error,
        "Search-space file lacks a field",
        "{0} lacks the field '{1}'. Add it; docs/search.md shows a complete file."
    );

    public static readonly DiagnosticDescriptor SpaceValueInvalid = new(
        "MCU8005",
        Error,
        "Search-space file has an unusable value",
        "{0} is {1}, but must be {2}. Correct the value."
    );

    public static readonly DiagnosticDescriptor SpaceContradiction = new(
        "MCU8006",
        Error,
        "Search-space file contradicts itself",
        "{0}: {1} Change one of the two."
    );

    public static readonly DiagnosticDescriptor SpaceInfeasible = new(
        "MCU8007",
        Error,
        "No search space fits the budget",
        "Of the {0} spaces of '{1}' none has {2:0.#} % of networks within {3:N0} bytes of SRAM and {4:N0} bytes of flash. The best is {5} with {6:0.#} %: {7}"
    );

    public static readonly DiagnosticDescriptor ArchitectureInvalid = new(
        "MCU8008",
        Error,
        "Architecture does not belong to the search space",
        "'{0}' is no network of the search space '{1}': {2}. Correct it, or use the space it was made for."
    );
}
