using System;
using System.Linq;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class KernelCodeSizesTests
{
    [Fact]
    public void Sources_OfTheTable_AreTheKernelsThatExist()
    {
        var assembly = typeof(KernelCodeSizes).Assembly;
        string[] existing = [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".c", StringComparison.Ordinal)).Select(n => n[n.IndexOf("mn_", StringComparison.Ordinal)..])];
        Assert.NotEmpty(existing);
        Assert.Equal(existing.Order(StringComparer.Ordinal), KernelCodeSizes.Sources.Order(StringComparer.Ordinal));
    }
}
