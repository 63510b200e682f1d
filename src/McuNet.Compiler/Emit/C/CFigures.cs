using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Text;

namespace McuNet.Compiler.Emit.C;

/// <summary>The constants of a header that say what the model takes on its device, and what it had to fit in.</summary>
internal static class CFigures
{
    public static void Write(CodeWriter writer, DeviceProgram program, StatedFigures figures)
    {
        var upper = program.Name.ToUpperInvariant();
        writer.Line(
            $"""
            /* On {CText.Comment(figures.Device)}: stack of one inference, flash of weights and code ({(
                figures.Measured ? "both measured with arm-none-eabi-gcc -O2" : "both estimated, not measured"
            )}),
               and an estimate of the cycles. */
            #define {upper}_STACK_BYTES {figures.StackBytes}
            #define {upper}_FLASH_BYTES {figures.FlashBytes}
            #define {upper}_CYCLES {(long)program.Work.Cycles}

            /* What arena and stack, weights and code, time and energy of an inference had to fit in; 0: no limit was given. */
            #define {upper}_SRAM_BUDGET_BYTES {figures.SramBudget}
            #define {upper}_FLASH_BUDGET_BYTES {figures.FlashBudget}
            #define {upper}_LATENCY_BUDGET_US {figures.LatencyBudget}
            #define {upper}_ENERGY_BUDGET_UJ {figures.EnergyBudget}

            """
        );
    }
}
