using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using McuNet.Cli.Nano;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace McuNet.Conformance.Nano;

/// <summary>C# compiled as a project for .NET nanoFramework compiles it: C# 9, against the real core library and nothing else.</summary>
internal static class NanoAssembly
{
    private static readonly string CoreLibrary = Path.Combine(AppContext.BaseDirectory, "nano", "mscorlib.dll");

    /// <summary>Errors and warnings of the compiler; none where the result is an assembly.</summary>
    public static (byte[]? Image, IReadOnlyList<string> Complaints) Compile(params string[] sources) => Compile(sources, core: true);

    /// <summary>A core library of its own.</summary>
    public static byte[] CompileCore(string source) =>
        Compile([source], core: false) is { Image: { } image } ? image : throw new InvalidOperationException(source);

    private static (byte[]? Image, IReadOnlyList<string> Complaints) Compile(string[] sources, bool core)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp9, DocumentationMode.Parse, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);
        var compilation = CSharpCompilation.Create(
            "Nano",
            sources.Select((s, i) => CSharpSyntaxTree.ParseText(s, parsing, $"File{i}.cs", Encoding.UTF8)),
            core ? [MetadataReference.CreateFromFile(CoreLibrary)] : [],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                warningLevel: 9999,
                allowUnsafe: true,
                deterministic: true
            )
        );
        using var image = new MemoryStream();
        var complaints = compilation
            .Emit(image, options: new(debugInformationFormat: DebugInformationFormat.Embedded, runtimeMetadataVersion: "v4.0.30319"))
            .Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .Select(d => d.ToString())
            .ToArray();
        return complaints.Length > 0 ? (null, complaints) : (image.ToArray(), []);
    }

    /// <summary>What of compiled code the platform does not run, and what it takes of its limits.</summary>
    public static (IReadOnlyList<NanoFinding> Found, NanoSizes Sizes) Check(byte[] image) => Check(image, File.ReadAllBytes(CoreLibrary));

    /// <param name="core">The core library.</param>
    public static (IReadOnlyList<NanoFinding> Found, NanoSizes Sizes) Check(byte[] image, byte[] core)
    {
        using var library = new PEReader(new MemoryStream(core));
        var (found, sizes) = NanoCode.Check(image, "Nano.dll", new([library.GetMetadataReader()]));
        return (found, sizes);
    }

    /// <summary>Types of an assembly, private members too.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Types(byte[] image)
    {
        var reference = MetadataReference.CreateFromImage(image);
        var compilation = CSharpCompilation.Create(
            "Reader",
            references: [reference, MetadataReference.CreateFromFile(CoreLibrary)],
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All)
        );
        var found = new List<INamedTypeSymbol>();
        Add(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace);
        return found;

        void Add(INamespaceOrTypeSymbol symbol)
        {
            foreach (var member in symbol.GetMembers().OfType<INamespaceOrTypeSymbol>())
            {
                if (member is INamedTypeSymbol type)
                    found.Add(type);
                Add(member);
            }
        }
    }
}
