using static McuNet.Diagnostics.DiagnosticSeverity;

namespace McuNet.Diagnostics;

public static partial class DiagnosticCatalog
{
    public static readonly DiagnosticDescriptor BuildDeviceMissing = new(
        "MCU7001",
        Error,
        "Model names no device",
        "The McuModel item '{0}' names no device. Add Device=\"...\" to the item, or set the McuDevice property for the whole project."
    );

    public static readonly DiagnosticDescriptor BuildNameInvalid = new(
        "MCU7002",
        Error,
        "Model name is not an identifier",
        "The McuModel item '{0}' has Name '{1}', which cannot prefix C symbols. Use an ASCII letter followed by letters, digits and underscores."
    );

    public static readonly DiagnosticDescriptor BuildNameDuplicate = new(
        "MCU7003",
        Error,
        "Two models share a name",
        "The McuModel items '{0}' and '{1}' would both be written as '{2}'. Give one of them another Name."
    );

    public static readonly DiagnosticDescriptor BuildEngineNotFound = new(
        "MCU7004",
        Error,
        "Compiler cannot be started",
        "The model compiler '{0}' cannot be started: {1}. Restore the McuNet.Build package again, or correct McuNetEnginePath and McuNetDotNetPath."
    );

    public static readonly DiagnosticDescriptor BuildRuntimeMissing = new(
        "MCU7068",
        Error,
        "The .NET runtime of the compiler is missing",
        "The model compiler needs {0}, and '{1}' has {2}. Install that runtime or a newer one, or let McuNetDotNetPath name a dotnet host that has it; the project may go on targeting what it does."
    );

    public static readonly DiagnosticDescriptor BuildEngineFailed = new(
        "MCU7005",
        Error,
        "Compiler stopped unexpectedly",
        "Compiling '{0}' stopped with exit code {1}: {2}. This is a fault of the compiler; please report it with the model or its node list."
    );

    public static readonly DiagnosticDescriptor BuildOptionInvalid = new(
        "MCU7006",
        Error,
        "Model option has an unknown value",
        "The McuModel item '{0}' has {1} '{2}'. Known values: {3}."
    );

    public static readonly DiagnosticDescriptor BuildManifestUnreadable = new(
        "MCU7007",
        Error,
        "Manifest cannot be read",
        "The manifest '{0}' cannot be read: {1}. Rebuild the project, so that compiler and generator come from the same package."
    );

    public static readonly DiagnosticDescriptor BuildModelUnknown = new(
        "MCU7008",
        Error,
        "Attribute names no model of the project",
        "There is no model '{0}' in the project. Its models are: {1}. Correct the name, or add a McuModel item with that Name."
    );

    public static readonly DiagnosticDescriptor BuildClassUnsuitable = new(
        "MCU7009",
        Error,
        "Class cannot become a model",
        "The class '{0}' cannot be completed as a model: {1}. Declare it as a top-level, non-generic 'partial class' that is not static."
    );

    public static readonly DiagnosticDescriptor ModelNamedAsArena = new(
        "MCU7026",
        Error,
        "Model is named as a shared arena is written",
        "The model '{0}' has the name '{1}', under which the shared arena '{2}' is written. Give the model or the arena another name."
    );

    public static readonly DiagnosticDescriptor BuildSearchNotRun = new(
        "MCU7030",
        Warning,
        "Network has not been searched yet",
        "The McuSearch item '{0}' has not found '{1}' yet. Run 'dotnet build -t:McuSearch'; an ordinary build never searches."
    );

    public static readonly DiagnosticDescriptor BuildSearchOutdated = new(
        "MCU7031",
        Warning,
        "Network was found by another search",
        "'{1}' was found before the search file '{0}', a file that it names, its Device or its Seed was changed. Run 'dotnet build -t:McuSearch' to search again, or undo the change; until then the build uses the network as it is."
    );

    public static readonly DiagnosticDescriptor BuildSearchInvalid = new(
        "MCU7032",
        Error,
        "Search item cannot be used",
        "The McuSearch item '{0}' cannot be used: {1}."
    );

    public static readonly DiagnosticDescriptor BuildSearchFailed = new(
        "MCU7033",
        Error,
        "Search stopped unexpectedly",
        "The search '{0}' stopped with exit code {1}: {2}. Finished work is kept in '{3}'; the next 'dotnet build -t:McuSearch' goes on there."
    );

    public static readonly DiagnosticDescriptor BuildMetadataUnknown = new(
        "MCU7050",
        Warning,
        "Metadata means nothing",
        "The McuModel item '{0}' has the metadata {1}, which nothing reads. {2}"
    );

    public static readonly DiagnosticDescriptor BuildWildcardEmpty = new(
        "MCU7051",
        Warning,
        "Wildcard matches no model",
        "The McuModel item '{0}' matches no file, seen from '{1}'. Correct the pattern, or remove the item."
    );

    public static readonly DiagnosticDescriptor BuildQuantityInvalid = new(
        "MCU7052",
        Error,
        "Model option cannot be read",
        "The McuModel item '{0}' has a wrong {1}: {2}.{3}"
    );

    public static readonly DiagnosticDescriptor BuildRequestRefused = new(
        "MCU7053",
        Error,
        "Compiler refuses what the item asks for",
        "The McuModel item '{0}' asks for what the compiler refuses: {1} Correct the metadata of the item."
    );

    public static readonly DiagnosticDescriptor PreprocessUnsuitable = new(
        "MCU7054",
        Error,
        "Pixels do not suit the input",
        "'{0}' cannot take pixels as Preprocess=\"{1}\" says: {2}. Correct Preprocess, or remove it and set the input from real values."
    );

    public static readonly DiagnosticDescriptor BuildFrameworkUnsuitable = new(
        "MCU7055",
        Error,
        "Project cannot compile the C# of its models",
        "The project '{0}' cannot compile the C# of its models: it is for {1}. Target .NET 8 or newer, .NET Standard 2.0, .NET Framework 4.6.1 or newer or "
            + ".NET nanoFramework, or set the property McuTarget to c and use the C alone."
    );

    public static readonly DiagnosticDescriptor BuildLanguageWithoutClass = new(
        "MCU7056",
        Info,
        "Project is not in C#",
        "The project '{0}' is in {1}: its models are compiled to C alone. For a class, put the McuModel items into a C# project with Visibility=\"public\" "
            + "and reference that."
    );

    public static readonly DiagnosticDescriptor NanoModelsExceeded = new(
        "MCU7057",
        Error,
        "Models exceed what one assembly of .NET nanoFramework holds",
        "The models of '{0}' have {1:N0} bytes of constants and about {2:N0} of IL together ({3}), more than the {4:N0} and {5:N0} of one assembly of .NET "
            + "nanoFramework; beyond them they would run with wrong data. Put them into several projects."
    );

    public static readonly DiagnosticDescriptor NanoCodeUnsupported = new(
        "MCU7058",
        Error,
        "Code does what .NET nanoFramework has not",
        "'{0}' {1}, which .NET nanoFramework does not run: the device stops or has wrong data. {2}"
    );

    public static readonly DiagnosticDescriptor NanoAssemblyExceeded = new(
        "MCU7059",
        Error,
        "Assembly exceeds what .NET nanoFramework addresses",
        "'{0}' has {1:N0} bytes of {2}, more than the {3:N0} that .NET nanoFramework addresses; beyond them it runs with wrong data and nothing says so. Put a "
            + "part into a class library."
    );

    public static readonly DiagnosticDescriptor NanoOverflowUnseen = new(
        "MCU7060",
        Warning,
        "Overflow throws nothing on .NET nanoFramework",
        "'{0}' {1}, but .NET nanoFramework throws nothing: the result is cut. {2}"
    );

    public static readonly DiagnosticDescriptor NanoAssemblyUnreadable = new(
        "MCU7061",
        Error,
        "Assembly cannot be read",
        "The assembly '{0}' cannot be looked through for what .NET nanoFramework does not run: {1}. Build it again, and give every library that it references."
    );

    public static readonly DiagnosticDescriptor OutputNotWritten = new(
        "MCU7034",
        Error,
        "Files cannot be written",
        "The folder '{0}' cannot be written: {1}. Make room there or choose another folder; every file in it is as it was, or wholly new."
    );
}
