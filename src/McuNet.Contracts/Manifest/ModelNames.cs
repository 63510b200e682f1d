using System;
using System.Text;

namespace McuNet.Manifest;

/// <summary>How a model, its files, its C symbols and its C# classes are named.</summary>
public static class ModelNames
{
    /// <summary>Namespace of the generated inference code.</summary>
    public const string GeneratedNamespace = "McuNet.Generated";

    private static readonly string[] MemberNames =
    [
        "Input",
        "Output",
        "Arena",
        "Device",
        "Invoke",
        "Quantize",
        "Dequantize",
        "ArgMax",
        "RowReader",
        "SetInput",
        "CopyOutput",
        "Reset",
    ];

    /// <summary>
    /// A valid model name from a file name: <c>my net-v2.onnx</c> gives <c>my_net_v2</c>. Letters outside ASCII become
    /// <c>_</c>, because C compilers differ about them.
    /// </summary>
    public static string FromFile(string path)
    {
        var file = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        var dot = file.LastIndexOf('.');
        var name = new StringBuilder();
        foreach (var c in dot > 0 ? file.Substring(0, dot) : file)
            name.Append(IsNameCharacter(c) ? c : '_');
        if (name.Length == 0 || char.IsDigit(name[0]))
            name.Insert(0, "model_");
        return name.ToString();
    }

    /// <summary>An ASCII letter or underscore, then ASCII letters, digits and underscores.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length == 0 || char.IsDigit(name[0]))
            return false;
        foreach (var c in name)
            if (!IsNameCharacter(c))
                return false;
        return true;
    }

    /// <summary>The façade class: <c>my_net_v2</c> gives <c>MyNetV2</c>; one that its own members are named like gets <c>Model</c> at the
    /// end.</summary>
    public static string ClassName(string name)
    {
        var result = new StringBuilder();
        foreach (var word in name.Split(['_'], StringSplitOptions.RemoveEmptyEntries))
            result.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        if (result.Length == 0 || char.IsDigit(result[0]))
            result.Insert(0, "Model");
        return Array.IndexOf(MemberNames, result.ToString()) < 0 ? result.ToString() : result.Append("Model").ToString();
    }

    /// <summary>Full name of the static class with the generated inference code.</summary>
    public static string EngineClass(string name) => $"{GeneratedNamespace}.{ClassName(name)}Engine";

    /// <summary>Full name of the delegate with which generated code asks for an input row.</summary>
    public static string RowSource(string name) => $"{GeneratedNamespace}.{ClassName(name)}RowSource";

    /// <summary>The C symbol of a shared arena; also its folder and the base name of its files.</summary>
    public static string ArenaSymbol(string arena) => $"mcunet_{arena}_arena";

    /// <summary>Whether a model of that name would be written over a shared arena: folders and C files know no case on some
    /// systems.</summary>
    public static bool IsOfArena(string name, string arena) => string.Equals(name, ArenaSymbol(arena), StringComparison.OrdinalIgnoreCase);

    /// <summary>Full name of the static class whose <c>Memory</c> is a shared arena.</summary>
    public static string ArenaClass(string arena) => $"{GeneratedNamespace}.{ClassName(arena)}Arena";

    public static string ManifestFile(string name) => name + ".mcunet";

    public static string EngineFile(string name) => name + ".engine.g.cs";

    private static bool IsNameCharacter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_';
}
