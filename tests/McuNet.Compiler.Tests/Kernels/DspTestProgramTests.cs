using System.IO;
using McuNet.Compiler.Tests.Devices;
using McuNet.Tests;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>
/// The C program of tests/kernels/dsp, which packs weights by code of its own and compares the DSP kernels with loops that a reader can
/// check. Its packing is also that of the benchmark there.
/// </summary>
public sealed class DspTestProgramTests
{
    [GccFact]
    public void TestProgram_Sanitized_HasNoFailures()
    {
        var (source, kernels) = (
            Path.Combine(RepositoryFolder.Root, "tests", "kernels", "dsp"),
            Path.Combine(RepositoryFolder.Root, "src", "McuNet.Compiler", "Kernels", "C")
        );
        var folder = Directory.CreateTempSubdirectory("mcunet-kernels-");
        try
        {
            var program = Path.Combine(folder.FullName, "test");
            ProgramRun.Good(
                HostGcc.Path!,
                [
                    "-O2",
                    "-fsanitize=address,undefined",
                    "-fno-sanitize-recover=undefined",
                    "-fwrapv",
                    "-std=gnu11",
                    "-Wall",
                    "-Wextra",
                    "-Werror",
                    "-Wundef",
                    "-Wno-unused-function",
                    "-I" + kernels,
                    "test.c",
                    "-lm",
                    "-o",
                    program,
                ],
                source
            );
            Assert.Matches(
                @"cases [1-9]\d{3} failures 0 integer channels [1-9]\d* float channels [1-9]\d*",
                ProgramRun.Good(program, [], folder.FullName).Output
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
