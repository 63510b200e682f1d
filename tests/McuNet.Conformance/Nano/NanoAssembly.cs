using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace McuNet.Conformance.Nano;

/// <summary>C# compiled as a project for .NET nanoFramework compiles it: C# 9, against the real core library and nothing else.</summary>
internal static class NanoAssembly
{
    private static readonly string CoreLibrary = Path.Combine(AppContext.BaseDirectory, "nano", "mscorlib.dll");

    /// <summary>Errors and warnings of the compiler; none where the result is an assembly.</summary>
    public static (ModuleDefinition? Module, IReadOnlyList<string> Complaints) Compile(params string[] sources)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp9, DocumentationMode.Parse, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);
        var compilation = CSharpCompilation.Create(
            "Nano",
            sources.Select(s => CSharpSyntaxTree.ParseText(s, parsing)),
            [MetadataReference.CreateFromFile(CoreLibrary)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, warningLevel: 9999,
                allowUnsafe: true, deterministic: true));
        using var image = new MemoryStream();
        var complaints = compilation.Emit(image).Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()).ToArray();
        return complaints.Length > 0 ? (null, complaints) : (ModuleDefinition.ReadModule(new MemoryStream(image.ToArray())), []);
    }

    /// <summary>Full names of types and members that the core library has.</summary>
    public static ModuleDefinition Core() => ModuleDefinition.ReadModule(CoreLibrary);
}
