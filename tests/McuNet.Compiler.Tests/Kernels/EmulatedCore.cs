using System;
using System.Globalization;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Tests;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>A test that needs the Arm compiler and QEMU and is shown as skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatedCoreFactAttribute : FactAttribute
{
    public EmulatedCoreFactAttribute()
    {
        if (EmulatedCore.Find("arm-none-eabi-gcc") is null || EmulatedCore.Find("qemu-system-arm") is null)
            Skip = "arm-none-eabi-gcc and qemu-system-arm are not both installed";
    }
}

/// <summary>A board of QEMU for one kind of core. Its memories are all RAM, so programs need no start-up copy.</summary>
/// <param name="Regions">Linker regions VECTORS, CODE and DATA.</param>
internal sealed record EmulatedCore(string Machine, string Options, DeviceFeatures Features, string Regions)
{
    private const string Mps2 =
        "VECTORS : ORIGIN = 0, LENGTH = 1K CODE : ORIGIN = 1K, LENGTH = 4095K DATA : ORIGIN = 0x20000000, LENGTH = 4M";

    /// <summary>Armv6-M code on a Cortex-M3 that traps unaligned accesses, because no board with a Cortex-M0 has room for the
    /// cases.</summary>
    public static readonly EmulatedCore M0 = new(
        "mps2-an385",
        "-mcpu=cortex-m0 -mfloat-abi=soft -DTRAP_UNALIGNED",
        DeviceFeatures.None,
        Mps2
    );

    public static readonly EmulatedCore M3 = new("mps2-an385", "-mcpu=cortex-m3 -mfloat-abi=soft", DeviceFeatures.LongMultiply, Mps2);

    public static readonly EmulatedCore M4 = new(
        "mps2-an386",
        "-mcpu=cortex-m4 -mfpu=auto -mfloat-abi=hard",
        DeviceFeatures.LongMultiply | DeviceFeatures.FpuSingle | DeviceFeatures.Dsp,
        Mps2
    );

    /// <summary>Without vectorisation by the compiler: GCC 12 then emits moves to a predicate that its assembler rejects.</summary>
    public static readonly EmulatedCore M55 = new(
        "mps3-an547",
        "-mcpu=cortex-m55 -mfpu=auto -mfloat-abi=hard -fno-tree-vectorize",
        M4.Features | DeviceFeatures.MveInteger | DeviceFeatures.MveFloat,
        "VECTORS : ORIGIN = 0, LENGTH = 1K CODE : ORIGIN = 0x60000000, LENGTH = 8M DATA : ORIGIN = 0x21000000, LENGTH = 2M"
    );

    /// <summary>Start-up, and <c>semihost_print</c>, in place of a C library's.</summary>
    public const string Prologue = """
        #include <stdint.h>
        int main(void);
        static void semihost(uint32_t operation, const void *argument)
        {
            register uint32_t r0 __asm("r0") = operation;
            register const void *r1 __asm("r1") = argument;
            __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
        }
        static void semihost_print(const char *text)
        {
            semihost(4, text);
            semihost(4, "\n");
        }
        static void finish(uint32_t status)
        {
            const uint32_t block[2] = { 0x20026u, status };
            semihost(0x20, block);
            for (;;) {
            }
        }
        static void fault(void)
        {
            semihost_print("fault");
            finish(1);
        }
        static void reset(void)
        {
        #if defined(__ARM_FP)
            *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20;
        #endif
        #if defined(__ARM_FEATURE_MVE)
            *(volatile uint32_t *)0xE000ED14u |= 1u << 19;
        #endif
        #if defined(TRAP_UNALIGNED)
            *(volatile uint32_t *)0xE000ED14u |= 1u << 3;
        #endif
            __asm volatile("dsb\n isb" ::: "memory");
            finish((uint32_t)main());
        }
        extern uint32_t stack_top[];
        __attribute__((section(".vectors"), used)) static const void *const vectors[8] = {
            stack_top, (void *)reset, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault, (void *)fault
        };
        """;

    public static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);

    /// <summary>The functions that an object file of a C source has, with their size.</summary>
    public (string Name, int Bytes)[] FunctionsOf(string source)
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-functions-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "kernel.c"), source);
            ProgramRun.Good(
                Find("arm-none-eabi-gcc")!,
                [.. Options.Split(' '), "-mthumb", "-std=c11", "-O2", "-c", "kernel.c", "-o", "kernel.o"],
                folder.FullName
            );
            var symbols = ProgramRun.Good(Find("arm-none-eabi-nm")!, ["--print-size", "--radix=d", "kernel.o"], folder.FullName).Output;
            return
            [
                .. symbols
                    .Split('\n')
                    .Select(l => l.Split(' '))
                    .Where(l => l.Length == 4 && l[2] is "t" or "T" or "W")
                    .Select(l => (l[3], int.Parse(l[1], CultureInfo.InvariantCulture))),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the program prints on the emulated core.</summary>
    public string Run(string program)
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-kernels-");
        try
        {
            string In(string name) => Path.Combine(folder.FullName, name);
            File.WriteAllText(In("kernels.c"), program);
            File.WriteAllText(In("board.ld"), LinkerScript);
            ProgramRun.Good(
                Find("arm-none-eabi-gcc")!,
                [
                    .. Options.Split(' '),
                    "-mthumb",
                    "-std=c11",
                    "-O2",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-Wundef",
                    "kernels.c",
                    "-nostartfiles",
                    "--specs=nano.specs",
                    "-T",
                    "board.ld",
                    "-o",
                    "kernels.elf",
                ],
                folder.FullName
            );
            var run = ProgramRun.Good(
                Find("qemu-system-arm")!,
                [
                    "-M",
                    Machine,
                    "-nographic",
                    "-monitor",
                    "none",
                    "-serial",
                    "none",
                    "-semihosting-config",
                    "enable=on,target=native",
                    "-kernel",
                    "kernels.elf",
                ],
                folder.FullName
            );
            return run.Output + run.Error;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string LinkerScript =>
        $$"""
            MEMORY { {{Regions}} }
            ENTRY(reset)
            SECTIONS
            {
              .vectors : { KEEP(*(.vectors)) } >VECTORS
              .text : { *(.text*) *(.rodata*) } >CODE
              .ARM.exidx : { *(.ARM.exidx*) } >CODE
              .data : { *(.data*) } >DATA
              .bss (NOLOAD) : { *(.bss*) *(COMMON) . = ALIGN(8); . += 32K; stack_top = .; } >DATA
            }
            """;
}
