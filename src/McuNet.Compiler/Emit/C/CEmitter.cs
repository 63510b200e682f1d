using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;
using McuNet.Manifest;

namespace McuNet.Compiler.Emit.C;

/// <summary>Prints the C of a program: one header, one source file that holds everything it needs, and a CMakeLists.txt.</summary>
public static class CEmitter
{
    /// <param name="figures">For the header; null where nobody is to read them.</param>
    public static ImmutableArray<GeneratedFile> Emit(DeviceProgram program, StatedFigures? figures = null)
    {
        var shared = program.KernelLinkage == KernelLinkage.Shared ? new CKernelFile(program, KernelText.Of) : null;
        return
        [
            new($"{program.Name}.h", CHeader.Write(program, figures)),
            new($"{program.Name}.c", Source(program, shared)),
            .. shared is null
                ? Array.Empty<GeneratedFile>()
                : [new($"{shared.Name}.h", shared.Header()), new($"{shared.Name}.c", shared.Source())],
            .. program.WeightStorage == WeightStorage.Blob
                ? [new GeneratedFile(CWeightBlob.File(program), program.Constants.Packed())]
                : Array.Empty<GeneratedFile>(),
            new("CMakeLists.txt", CMake(program, shared)),
        ];
    }

    /// <summary>The header, and one source file with all that takes flash and stack: what is compiled to be measured.</summary>
    public static ImmutableArray<GeneratedFile> EmitForMeasurement(DeviceProgram program) =>
        [new($"{program.Name}.h", CHeader.Write(program, null)), new($"{program.Name}.c", Source(program, null))];

    private static string Source(DeviceProgram program, CKernelFile? shared)
    {
        var writer = new CodeWriter();
        writer.Line(CHeader.Overview(program));
        writer.Line($"#include \"{program.Name}.h\"");
        if (program.SharedArena is { } arena)
            writer.Line($"#include \"{ModelNames.ArenaSymbol(arena)}.h\"");
        writer.Line();
        CCoreCheck.Write(writer, program.Name, program);
        foreach (var source in program.Sources.Where(s => shared is null || s.IsBasic))
            writer.Verbatim(TextOf(source));
        if (shared is not null)
            writer.Line($"#include \"{shared.Name}.h\"");
        writer.Line();
        Network(writer, program);
        return writer.ToString();
    }

    /// <summary>What the source file holds after the kernels: constants, layers and the public functions.</summary>
    internal static void Network(CodeWriter writer, DeviceProgram program)
    {
        var constants = new CConstants(program);
        constants.Write(writer);
        new CLayers(program, constants).Write(writer);
        CDriver.Write(writer, program);
        CInputHelpers.Write(writer, program);
        COutputHelpers.Write(writer, program);
    }

    /// <summary>A kernel or header as the program has it.</summary>
    internal static string TextOf(ProgramSource source) =>
        source.IsInlined
            ? KernelText.Of(source.Name).Replace("MN_KERNEL ", "MN_INLINE ", StringComparison.Ordinal)
            : KernelText.Of(source.Name);

    private static string CMake(DeviceProgram program, CKernelFile? shared) =>
        $"""
            # A firmware project adds this folder with add_subdirectory and links the library `{program.Name}`.
            cmake_minimum_required(VERSION 3.13)
            add_library({program.Name} STATIC {program.Name}.c)
            target_include_directories({program.Name} PUBLIC ${"{CMAKE_CURRENT_LIST_DIR}"})
            target_compile_features({program.Name} PUBLIC c_std_11)
            target_compile_options({program.Name} PRIVATE -O2 -ffunction-sections -fdata-sections)
            {shared?.CMakeUse()}{(program.SharedArena is { } arena ? CSharedArena.CMakeUse(program.Name, arena) : "")}
            """;
}
