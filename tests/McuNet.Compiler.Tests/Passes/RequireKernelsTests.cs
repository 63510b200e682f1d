using System;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

public sealed class RequireKernelsTests
{
    /// <summary>Softmax has kernels between integers and between real numbers.</summary>
    [Fact]
    public void Run_LikeNodesWithoutKernel_AreOneReportWithTheirNames()
    {
        var integers = new TensorType(new(1, 1, 4), ElementType.Int8, new(0.1f, 0));
        var builder = new NetworkBuilder(1);
        var input = builder.Input(integers);
        var outputs = Enumerable
            .Range(0, 5)
            .Select(_ => builder.Apply(new Softmax(), integers with { Element = ElementType.Float32, Quantization = null }, input))
            .ToArray();
        var context = new PassContext();
        RequireKernels.Run(builder.Build("net", outputs), context);
        var diagnostic = Assert.Single(context.Diagnostics);
        Assert.Equal(DiagnosticCatalog.NoKernelForTypes, diagnostic.Descriptor);
        Assert.Contains(
            "'softmax_0', 'softmax_1', 'softmax_2' and 2 more (Softmax) would compute from Int8 to Float32",
            diagnostic.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Run_RealNumbersBetweenKernels_ReportsNothing()
    {
        var reals = new TensorType(new(1, 1, 4), ElementType.Float32);
        var builder = new NetworkBuilder(1);
        var output = builder.Apply(new Softmax(), reals, builder.Input(reals));
        var context = new PassContext();
        RequireKernels.Run(builder.Build("net", output), context);
        Assert.Empty(context.Diagnostics);
    }
}
