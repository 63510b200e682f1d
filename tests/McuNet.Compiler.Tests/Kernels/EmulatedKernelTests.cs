using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>Every row of the kernel table that a core can run, against the reference, on that core under QEMU.</summary>
public sealed class EmulatedKernelTests
{
    [EmulatedCoreFact]
    public void CortexM0_AllRows_MatchReference() => AssertAllMatch(EmulatedCore.M0);

    [EmulatedCoreFact]
    public void CortexM3_AllRows_MatchReference() => AssertAllMatch(EmulatedCore.M3);

    [EmulatedCoreFact]
    public void CortexM4_AllRows_MatchReference() => AssertAllMatch(EmulatedCore.M4);

    [EmulatedCoreFact]
    public void CortexM55_AllRows_MatchReference() => AssertAllMatch(EmulatedCore.M55);

    /// <summary>Loops that fit small caches, weights read from RAM where the kernels can keep some, none of them up to all.</summary>
    [EmulatedCoreFact]
    public void CortexM4_SlowFlash_MatchesReference()
    {
        var path = new FlashPath(5, 8, true, null);
        var target = new KernelTarget(KernelLanguage.C, EmulatedCore.M4.Features, Flash: new(path, path, false));
        List<KernelCase> cases = [.. PortableKernelTests.Linear(target).SelectMany(Kept)];
        Assert.Contains(cases, c => c.Kernel.Kept > 1);
        Run(EmulatedCore.M4, cases);
    }

    /// <summary>A kernel that one layer alone calls is part of that layer: the compiler knows the numbers of the layer there. All rows for
    /// an FPU, a part of the others.</summary>
    [EmulatedCoreFact]
    public void CortexM4_KernelsOfOneLayer_MatchReference()
    {
        var target = new KernelTarget(KernelLanguage.C, EmulatedCore.M4.Features);
        KernelCase[] all = [.. PortableKernelTests.Linear(target), .. PortableKernelTests.Others(target)];
        Run(
            EmulatedCore.M4,
            [.. all.Where((c, i) => i % 8 == 0 || c.Kernel.Function.Contains("_fpu", StringComparison.Ordinal))],
            alone: true
        );
    }

    private static IEnumerable<KernelCase> Kept(KernelCase test) =>
        test.Kernel.Flash?.Records is { Count: var count }
            ? new[] { 0, 1, count }.Distinct().Select(n => test with { Kernel = test.Kernel.Keeping(n) })
            : [test];

    private static void AssertAllMatch(EmulatedCore core)
    {
        var target = new KernelTarget(KernelLanguage.C, core.Features);
        List<KernelCase> cases = [.. PortableKernelTests.Linear(target), .. PortableKernelTests.Others(target)];
        var used = cases.Select(c => (c.Kernel.Function, c.Kernel.Rows)).ToHashSet();
        var rows = OperatorTable.Kernels.Where(k => k is LinearKernel || k.Required != DeviceFeatures.None);
        Assert.Empty(
            rows.Where(row =>
                    target.Has(row.Required)
                    && !used.Any(u => u.Function == row.Function && (u.Rows == row.MostRows || row.MostRows == int.MaxValue))
                )
                .Select(row => row.Function)
        );
        Run(core, cases);
    }

    private static void Run(EmulatedCore core, List<KernelCase> cases, bool alone = false)
    {
        var output = core.Run(KernelProgram.Write(cases, "semihost_print({0})", EmulatedCore.Prologue, alone));
        Assert.Equal([$"{cases.Count} cases"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
