using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Text;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.C;

/// <summary>A generated file: name relative to the output folder, and its text; or its bytes, where it is no text.</summary>
public sealed record GeneratedFile(string Name, string Text)
{
    private readonly ImmutableArray<byte> _bytes;

    public GeneratedFile(string name, ImmutableArray<byte> bytes)
        : this(name, "") => _bytes = bytes;

    /// <summary>What is written.</summary>
    public byte[] Content => _bytes.IsDefault ? Encoding.UTF8.GetBytes(Text) : [.. _bytes];
}

/// <summary>Writes the C of a model: one header, one source file that holds everything it needs, and a CMakeLists.txt.</summary>
public static class CEmitter
{
    /// <param name="figures">For the header; null where nobody is to read them.</param>
    public static ImmutableArray<GeneratedFile> Emit(CompiledModel model, StatedFigures? figures = null)
    {
        var shared = model.KernelLinkage == KernelLinkage.Shared ? new CKernelFile(model, KernelText.Of) : null;
        var constants = new CConstants(model);
        return
        [
            new($"{model.Name}.h", CHeader.Write(model, constants, figures)),
            new($"{model.Name}.c", Source(model, constants, shared)),
            .. shared is null ? Array.Empty<GeneratedFile>() : [new($"{shared.Name}.h", shared.Header()), new($"{shared.Name}.c", shared.Source())],
            .. model.WeightStorage == WeightStorage.Blob ? [new GeneratedFile(CWeightBlob.File(model), constants.Blob)] : Array.Empty<GeneratedFile>(),
            new("CMakeLists.txt", CMake(model, shared)),
        ];
    }

    /// <summary>The header, and one source file with all that takes flash and stack: what is compiled to be measured.</summary>
    public static ImmutableArray<GeneratedFile> EmitForMeasurement(CompiledModel model)
    {
        var constants = new CConstants(model);
        return [new($"{model.Name}.h", CHeader.Write(model, constants, null)), new($"{model.Name}.c", Source(model, constants, null))];
    }

    private static string Source(CompiledModel model, CConstants constants, CKernelFile? shared)
    {
        var writer = new CodeWriter();
        writer.Line(CHeader.Overview(model));
        writer.Line($"#include \"{model.Name}.h\"");
        if (model.SharedArena is { } arena)
            writer.Line($"#include \"{ModelNames.ArenaSymbol(arena)}.h\"");
        writer.Line();
        CCoreCheck.Write(writer, model.Name, model.Kernels);
        foreach (var source in shared is null ? KernelSources(model) : Basics)
            writer.Verbatim(TextOf(model, source));
        if (shared is not null)
            writer.Line($"#include \"{shared.Name}.h\"");
        writer.Line();
        Network(writer, model, constants);
        return writer.ToString();
    }

    /// <summary>What the source file holds after the kernels: constants, layers and the public functions.</summary>
    internal static void Network(CodeWriter writer, CompiledModel model, CConstants constants)
    {
        constants.Write(writer);
        var calls = Calls(model);
        new CLayers(model, calls, constants).Write(writer);
        CDriver.Write(writer, model, calls);
        CInputHelpers.Write(writer, model);
    }

    internal static CallSequence Calls(CompiledModel model) =>
        model.Pieces is { } pieces ? CallSequence.Of(model.Schedule, pieces) : CallSequence.From(model.Schedule, n => !model.Kernels[n].IsDelivery);

    /// <summary>Headers first: a kernel calls what all layers together bring of its variants.</summary>
    internal static IEnumerable<string> KernelSources(CompiledModel model) =>
        Basics.Concat(model.Kernels.SelectMany(k => k.Sources)).Distinct().OrderBy(IsKernel);

    /// <summary>Whether a source holds a kernel, rather than what kernels share.</summary>
    internal static bool IsKernel(string source) => source.EndsWith(".c", StringComparison.Ordinal);

    /// <summary>What the functions of layers need beside the kernels.</summary>
    private static readonly string[] Basics = ["mn_common.h", "mn_rows.h"];

    /// <summary>Whether several layers call a kernel, or those of other models may. One that a single layer calls becomes part of that layer's function, where its parameters are constants.</summary>
    internal static bool IsShared(CompiledModel model, string function) =>
        model.KernelLinkage == KernelLinkage.Shared || model.Kernels.Count(k => k.Function == function) > 1;

    /// <summary>Whether a source holds a kernel that is part of the one layer that calls it.</summary>
    internal static bool IsInlined(CompiledModel model, string source) => IsKernel(source) && !IsShared(model, source[..^2]);

    /// <summary>A kernel or header as the model has it.</summary>
    internal static string TextOf(CompiledModel model, string source) =>
        IsInlined(model, source) ? KernelText.Of(source).Replace("MN_KERNEL ", "MN_INLINE ", StringComparison.Ordinal) : KernelText.Of(source);

    private static string CMake(CompiledModel model, CKernelFile? shared) => $"""
        # A firmware project adds this folder with add_subdirectory and links the library `{model.Name}`.
        cmake_minimum_required(VERSION 3.13)
        add_library({model.Name} STATIC {model.Name}.c)
        target_include_directories({model.Name} PUBLIC ${"{CMAKE_CURRENT_LIST_DIR}"})
        target_compile_features({model.Name} PUBLIC c_std_11)
        target_compile_options({model.Name} PRIVATE -O2 -ffunction-sections -fdata-sections)
        {shared?.CMakeUse()}{(model.SharedArena is { } arena ? CSharedArena.CMakeUse(model.Name, arena) : "")}
        """;
}
