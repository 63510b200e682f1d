using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace McuNet.Compiler.Kernels;

/// <summary>The sources of kernels, C and C#, as they are embedded or filled into the template of a <see cref="KernelFamily"/>.</summary>
internal static partial class KernelText
{
    private const string Folder = "kernel/";

    /// <summary>Names of the C sources and headers.</summary>
    public static ImmutableArray<string> Sources { get; } =
    [
        .. typeof(KernelText)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..])
            .Concat(KernelFamily.Sources.Keys)
            .Where(n => n[^2..] is ".c" or ".h")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a source holds a kernel, rather than what kernels share.</summary>
    public static bool IsKernel(string source) => source.EndsWith(".c", StringComparison.Ordinal);

    public static string Of(string file) => Find(file) ?? throw new InvalidOperationException($"kernel source {file} is not embedded");

    public static string? Find(string file) =>
        KernelFamily.Sources.TryGetValue(file, out var kernel) ? kernel.Fill(Of(kernel.Template)) : Embedded(file);

    private static string? Embedded(string file)
    {
        using var stream = typeof(KernelText).Assembly.GetManifestResourceStream(Folder + file);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The structs that a C source declares: name, declaration and what stands between the braces.</summary>
    public static IEnumerable<(string Name, string Declaration, string Fields)> Structs(string text) =>
        Struct().Matches(text).Select(m => (m.Groups["name"].Value, m.Value, m.Groups["fields"].Value));

    [GeneratedRegex(@"typedef struct \{(?<fields>[^}]*)\} (?<name>mn_\w+);")]
    private static partial Regex Struct();
}
