using System;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class KernelCodeSizesTests
{
    [Fact]
    public void Sources_OfTheTable_AreTheKernelsThatExist()
    {
        var existing = KernelText.Sources.Where(KernelText.IsKernel).ToArray();
        Assert.NotEmpty(existing);
        Assert.Equal(existing.Order(StringComparer.Ordinal), KernelCodeSizes.Sources.Order(StringComparer.Ordinal));
    }
}
