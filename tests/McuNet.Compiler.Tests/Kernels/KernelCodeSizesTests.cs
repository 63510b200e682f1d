using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Devices;
using McuNet.Tests;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>The table of code sizes is what the compiler makes of the kernels. MCUNET_REGENERATE=1 writes it anew.</summary>
public sealed partial class KernelCodeSizesTests
{
    private static readonly string Path = System.IO.Path.Combine(
        RepositoryFolder.Root,
        "src",
        "McuNet.Compiler",
        "Kernels",
        KernelCodeSizes.File
    );

    [Fact]
    public void Sources_OfTheTable_HoldEveryKernel() =>
        Assert.Superset(KernelText.Sources.Where(KernelText.IsKernel).ToHashSet(), KernelCodeSizes.Sources.ToHashSet());

    [EmulatedCoreFact]
    public void Table_IsWhatTheCompilerMakes()
    {
        var text = Measured();
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(Path, text);
        if (Version() == "12.2.1")
            Assert.True(
                File.ReadAllText(Path).ReplaceLineEndings("\n") == text,
                $"{Path} is stale. Run the tests once with the environment variable MCUNET_REGENERATE=1 and commit the file."
            );
    }

    [Fact]
    public void Bytes_OfKernelsThatShareFunctions_CountThemOnce()
    {
        var (pointwise, conv) = ("mn_pointwise_s8_dsp.c", "mn_conv_s8_dsp.c");
        Assert.True(KernelCodeSizes.Bytes([pointwise, conv]) < KernelCodeSizes.Bytes([pointwise]) + KernelCodeSizes.Bytes([conv]));
        Assert.Equal(KernelCodeSizes.Bytes([conv]), KernelCodeSizes.Bytes([conv, conv]));
    }

    /// <summary>A line for each kernel, and for each header that only some layers need, with the functions that the object file has of
    /// it.</summary>
    private static string Measured()
    {
        var everything = new KernelTarget(KernelLanguage.C, Enum.GetValues<DeviceFeatures>().Aggregate((a, b) => a | b));
        var portable = new KernelTarget(KernelLanguage.C, DeviceFeatures.None);
        var calls = new[] { everything, portable }
            .SelectMany(t => PortableKernelTests.Linear(t).Concat(PortableKernelTests.Others(t)))
            .Select(c => c.Kernel)
            .DistinctBy(k => string.Join(' ', k.Sources))
            .ToArray();
        var lines = new SortedDictionary<string, IEnumerable<KernelCodeSizes.Function>>(StringComparer.Ordinal);
        foreach (var kernel in calls.AsParallel().AsOrdered().SelectMany(Lines).GroupBy(l => l.Source))
            lines[kernel.Key] = kernel
                .SelectMany(l => l.Functions)
                .GroupBy(f => f.Name)
                .Select(g => g.MaxBy(f => f.Bytes))
                .OrderBy(f => f.Name, StringComparer.Ordinal);
        return string.Concat(lines.Select(l => $"{l.Key} {string.Join(' ', l.Value)}\n"));
    }

    private static IEnumerable<(string Source, IEnumerable<KernelCodeSizes.Function> Functions)> Lines(KernelCall kernel)
    {
        var core =
            (kernel.Required & DeviceFeatures.MveInteger) != 0 ? EmulatedCore.M55
            : (kernel.Required & DeviceFeatures.Dsp) != 0 ? EmulatedCore.M4
            : EmulatedCore.M0;
        var functions = core.FunctionsOf(Text(kernel))
            .Select(f => new KernelCodeSizes.Function(f.Name, f.Bytes))
            .Where(f => f.Bytes > 0)
            .ToArray();
        var variants = kernel
            .Sources.Where(s => Variant().IsMatch(s))
            .ToDictionary(s => s, s => functions.Where(f => KernelText.Of(s).Contains(f.Name, StringComparison.Ordinal)).ToArray());
        yield return (kernel.Sources[^1], functions.Except(variants.Values.SelectMany(f => f)));
        foreach (var (source, own) in variants)
            yield return (source, own);
    }

    private static string Text(KernelCall kernel)
    {
        var text = new StringBuilder();
        foreach (var source in ProgramBuilder.Basics.Concat(kernel.Sources).Distinct())
            text.Append(KernelText.Of(source)).Append('\n');
        return text.Append($"void *keep = (void *){kernel.Function};\n").ToString();
    }

    private static string Version() =>
        ProgramRun.Good(EmulatedCore.Find("arm-none-eabi-gcc")!, ["-dumpfullversion"], RepositoryFolder.Root).Output.Trim();

    /// <summary>A header with functions for one stride or one width.</summary>
    [GeneratedRegex(@"_plane\d(by2)?\.h$")]
    private static partial Regex Variant();
}
