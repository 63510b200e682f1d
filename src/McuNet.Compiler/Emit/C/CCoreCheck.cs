using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>
/// Stops a C compiler that builds for an Arm core without what the kernels need. Where they have plain C too, the results would be right
/// and the estimates wrong several times over, so a macro permits it; machines that are no Arm core are hosts and need none.
/// </summary>
internal static class CCoreCheck
{
    private const string Permission = "MN_ALLOW_OTHER_CORE";

    /// <param name="name">Of the file, for people.</param>
    public static void Write(CodeWriter writer, string name, DeviceProgram program)
    {
        var needs = program.Called.Aggregate(DeviceFeatures.None, (all, l) => all | l.Kernel.Required);
        if ((needs & DeviceFeatures.MveInteger) != 0)
            Check(writer, name, "!(defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2))", "integer and float vectors (MVE)", "");
        var tested = new List<(string Macro, string Name)>();
        if ((needs & DeviceFeatures.Dsp) != 0)
            tested.Add(("defined(__ARM_FEATURE_DSP)", "the DSP extension"));
        if ((needs & DeviceFeatures.FpuSingle) != 0)
            tested.Add(("defined(__ARM_FP)", "an FPU"));
        if (tested.Count > 0)
        {
            Check(
                writer,
                name,
                $"defined(__arm__) && !defined({Permission}) && !({string.Join(" && ", tested.Select(t => t.Macro))})",
                string.Join(" and ", tested.Select(t => t.Name)),
                $", or define {Permission} to run plain C that takes several times the cycles"
            );
        }
    }

    private static void Check(CodeWriter writer, string name, string condition, string needs, string otherwise)
    {
        writer.Line($"#if {condition}");
        writer.Line(
            $"#error \"the kernels of {name} need a core with {needs}, and a compiler that is told so: compile the model for this core{otherwise}\""
        );
        writer.Line("#endif");
        writer.Line();
    }
}
