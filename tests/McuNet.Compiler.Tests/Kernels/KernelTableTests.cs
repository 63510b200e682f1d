using System;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class KernelTableTests
{
    private static readonly KernelFeatures Everything = Enum.GetValues<KernelFeatures>().Aggregate((a, b) => a | b);

    [Fact]
    public void Rows_Names_FollowTheGrammarAndTheirSource()
    {
        foreach (var row in Rows())
        {
            Assert.Matches(new Regex("^mn_[a-z][a-z0-9]*_[a-z0-9]+_(portable|dsp|mve)(_[a-z0-9]+)*$"), row.Function);
            Assert.Contains($"static void {row.Function}(const {row.ParameterType} *p", string.Concat(row.Sources.Select(KernelProgram.Source)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_Names_AreUnique() => Assert.Equal(Rows().Length, Rows().Select(r => (r.Function, r.MostRows)).Distinct().Count());

    [Fact]
    public void Lower_CSharp_TakesPortableRowsWhateverTheFeatures() =>
        Assert.All(PortableKernelTests.Linear(new(KernelLanguage.CSharp, Everything)), c => Assert.Contains("_portable", c.Kernel.Function, StringComparison.Ordinal));

    [Fact]
    public void Lower_WithVectors_PrefersThem()
    {
        var cases = PortableKernelTests.Linear(new(KernelLanguage.C, KernelFeatures.None)).Where(c => c.Types.Output.Shape.Channels >= 8 && !c.Kernel.Function.EndsWith("_asym", StringComparison.Ordinal) && !c.Kernel.Function.EndsWith("_multiplier", StringComparison.Ordinal));
        Assert.All(cases, c => Assert.EndsWith("_mve", c.Operator.Lower(c.Types, new(KernelLanguage.C, Everything)).Function, StringComparison.Ordinal));
    }

    private static LinearKernel[] Rows() => [.. KernelTable.Convolution, .. KernelTable.Depthwise, .. KernelTable.Dense, .. KernelTable.Blocks];
}
