using System.IO;
using System.Linq;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Networks;

/// <summary>Random networks under random schedules, compiled for this machine in the ways that users compile, against the reference
/// evaluator.</summary>
public sealed class RandomNetworksOnHostTests
{
    private static readonly string[] Devices = ["stm32l4r5", "stm32g0b1", "stm32f103"];

    [HostCompilerFact]
    public void Gcc_O2_MatchesReference() => Host("gcc -O2", new()).AssertNoFailures(SweepSize.Main);

    [HostCompilerTheory]
    [InlineData("-O0")]
    [InlineData("-O1")]
    [InlineData("-O3")]
    [InlineData("-Os")]
    [InlineData("-O2 -flto")]
    public void Gcc_OtherLevels_MatchReference(string flags)
    {
        var parts = flags.Split(' ');
        Host($"gcc {flags}", new() { Optimisation = parts[0], ExtraFlags = [.. parts.Skip(1)] }).AssertNoFailures(SweepSize.Other);
    }

    [ClangTheory]
    [InlineData("-O2")]
    [InlineData("-O3")]
    public void Clang_Levels_MatchReference(string level) =>
        CompiledC.In(folder =>
        {
            File.CreateSymbolicLink(Path.Combine(folder, "clang"), ClangTheoryAttribute.Path!);
            Host($"clang {level}", new() { Optimisation = level, Tools = new Toolbox(folder) }).AssertNoFailures(SweepSize.Other);
            return true;
        });

    [HostCompilerFact]
    public void Gcc_AddressAndUndefinedSanitizers_FindNothing() =>
        Host(
                "gcc sanitizers",
                new()
                {
                    Optimisation = "-O1",
                    Sanitize = true,
                    ExtraFlags = ["-fsanitize=float-cast-overflow"],
                }
            )
            .AssertNoFailures(SweepSize.Other);

    [HostCompilerFact]
    public void Gcc_TwoThreadsWithTwoArenas_ShareNothing() =>
        Host(
                "gcc two arenas",
                new()
                {
                    TwoArenas = true,
                    Optimisation = "-O1",
                    ExtraFlags = ["-g", "-fsanitize=thread"],
                }
            )
            .AssertNoFailures(SweepSize.Other);

    private static Sweep Host(string mode, HostCOptions options) =>
        new(mode, Devices, b => CompiledC.In(folder => CompiledC.OnHost(b.Write(folder), b.Cases, options)));
}
