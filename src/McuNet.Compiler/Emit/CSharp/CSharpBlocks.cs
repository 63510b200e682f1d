using System;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.CSharp;

/// <summary>
/// The parameter blocks that a program uses, those of its layers and those that its kernels name, as classes printed from the structs that
/// C declares. A block is made once for each layer, so that an inference allocates nothing; it is a class and no struct of spans, which
/// .NET nanoFramework lacks.
/// </summary>
internal static class CSharpBlocks
{
    /// <param name="sources">The kernels in C#.</param>
    public static void Write(CodeWriter writer, DeviceProgram program, string[] sources)
    {
        var named = program
            .Sources.SelectMany(s => KernelText.Structs(KernelText.Of(s.Name)))
            .Select(s => s.Name)
            .Where(t => sources.Any(s => s.Contains($"({CSharpNames.Pascal(t)} ", StringComparison.Ordinal)));
        foreach (var type in program.Called.Select(l => l.Kernel.ParameterType).Concat(named).Distinct().Order(StringComparer.Ordinal))
        {
            writer.Line($"/// <summary>Parameters of a layer: <c>{type}</c> in C.</summary>");
            using (writer.Block($"internal sealed partial class {CSharpNames.Pascal(type)}"))
            {
                foreach (var field in ParameterBlock.FieldsOf(type))
                    writer.Line($"public {Type(field)} {CSharpNames.Pascal(field.Name)};");
            }
            writer.Line();
        }
    }

    /// <summary>Integers are <c>int</c> whatever their width in C: arithmetic needs no casts, and one block of a layer has no bytes to
    /// save.</summary>
    private static string Type(ParameterField field) =>
        field switch
        {
            { IsTable: true } => $"{CSharpNames.Type(Enum.GetValues<TableType>().Single(t => CNames.Type(t) == field.Element))}[]",
            { Element: "float" } => "float",
            _ => "int",
        };
}
