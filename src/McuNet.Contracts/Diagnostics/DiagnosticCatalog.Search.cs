using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor SearchFileUnreadable = new(
        "MCU8040",
        Error,
        "Search file or a file that it names cannot be read",
        "'{0}' cannot be read: {1}. Paths in a search file are relative to it."
    );

    public static readonly DiagnosticDescriptor SearchFileNotJson = new(
        "MCU8041",
        Error,
        "Search file is not valid JSON",
        "The search file '{0}' is not valid JSON: {1} Correct the file at this place."
    );

    public static readonly DiagnosticDescriptor SearchFieldUnknown = new(
        "MCU8042",
        Error,
        "Search file has an unknown field",
        "{0} has no field '{1}'. Its fields are {2}. Correct the name or remove it."
    );

    public static readonly DiagnosticDescriptor SearchFieldMissing = new(
        "MCU8043",
        Error,
        "Search file lacks a field",
        "{0} lacks the field '{1}'. Add it; docs/search.md shows a complete file."
    );

    public static readonly DiagnosticDescriptor SearchValueInvalid = new(
        "MCU8044",
        Error,
        "Search file has an unusable value",
        "{0} is {1}, but must be {2}. Correct the value."
    );

    public static readonly DiagnosticDescriptor SearchStateOfAnother = new(
        "MCU8045",
        Error,
        "Output folder holds another search",
        "'{0}' holds a search with another {1} ({2}, now {3}). Nothing was changed there. Choose another folder, or restore what the search was started with."
    );

    public static readonly DiagnosticDescriptor SearchStateExists = new(
        "MCU8046",
        Error,
        "Output folder holds a search already",
        "'{0}' holds this search, with {1} finished evaluations. Add --resume to go on with it, or choose another folder."
    );

    public static readonly DiagnosticDescriptor SearchStateDamaged = new(
        "MCU8047",
        Error,
        "State of a search cannot be read",
        "'{0}' is damaged at line {1}: {2}. Restore it, or remove this line and those after it; what they recorded is then done again."
    );

    public static readonly DiagnosticDescriptor SearchInfeasible = new(
        "MCU8048",
        Error,
        "No network of the space fits the budget",
        "The smallest network of the space '{0}' needs {1}. Raise the budget, or use a space with lower resolutions, narrower or shallower networks."
    );

    public static readonly DiagnosticDescriptor SearchRankingPoor = new(
        "MCU8049",
        Warning,
        "Supernet ranks networks poorly",
        "The accuracies that the supernet gives to {0} random networks correlate with {1} by only {2:0.00} (Spearman), below the gate of {3:0.00}. Its choice may be arbitrary; train longer."
    );

    public static readonly DiagnosticDescriptor SearchRankingGate = new(
        "MCU8050",
        Error,
        "Supernet ranks networks too poorly to search",
        "The accuracies that the supernet gives to {0} random networks correlate with {1} by only {2:0.00} (Spearman), below the gate of {3:0.00}. Train longer in another folder; or lower rankGate or set rank.stop to false and resume, which goes on with the trained supernet."
    );

    public static readonly DiagnosticDescriptor SearchTrainerFailed = new(
        "MCU8051",
        Error,
        "Search ended because of its trainer",
        "The search stopped at '{0}' because of the trainer. Its {1} finished evaluations are kept in '{2}'; --resume goes on there."
    );

    public static readonly DiagnosticDescriptor SearchNotWritten = new(
        "MCU8052",
        Error,
        "Result of a search cannot be written",
        "'{0}' cannot be written: {1}. What was written before is kept; make room and use --resume."
    );
}
