using System.Globalization;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Programs;

namespace McuNet.Compiler.Emit.C;

/// <summary>An input or output with the names that helpers for it have: those of the first have no number.</summary>
/// <param name="Kind">In lower case.</param>
internal sealed record CHelperPort(DeviceProgram Program, ProgramPort Port, string Kind, int Index)
{
    public TensorType Type => Port.Type;

    public bool IsStreamed => Port.IsStreamed;

    /// <summary>Type of an element.</summary>
    public string Element => CNames.Type(Type.Element);

    /// <summary>Begins the names of its constants.</summary>
    public string Macro => $"{Program.Name.ToUpperInvariant()}_{Kind.ToUpperInvariant()}{Index}";

    /// <summary>Gives its place in the arena.</summary>
    public string Accessor => $"{Program.Name}_{Kind}{Number(Index)}";

    /// <summary>Sets all of it.</summary>
    public string Setter => $"{Program.Name}_set_{Kind}{Number(Index)}";

    /// <summary>Its name in the model, for a comment.</summary>
    public string Comment => CText.Comment(Port.Name);

    public string Function(string verb) => $"{Program.Name}_{verb}{(Index == 0 ? "" : Number(Index))}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
