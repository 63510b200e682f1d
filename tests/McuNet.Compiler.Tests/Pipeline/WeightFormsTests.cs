using System;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests.Networks;
using McuNet.Compiler.Tests.Operators;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class WeightFormsTests
{
    private static readonly float[] Thirds = [.. Enumerable.Range(1, 64).Select(i => i / 3f)];

    [Fact]
    public void Float16_OfRealWeights_RoundsThemAndSaysByHowMuch()
    {
        var result = Compile(Net(Thirds), WeightFormat.Float16);
        var rounded = Assert.Single(result.Diagnostics, d => d.Descriptor == DiagnosticCatalog.WeightsRounded);
        Assert.StartsWith(
            "43 of the 64 weights of 'net' are rounded to float16, by at most 0.0",
            rounded.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(Thirds.Select(w => (float)(Half)w), Weights(result.Value));
        Assert.Equal((2 * 64, 4 * 64), (WeightBytes(result.Value), WeightBytes(Compile(Net(Thirds), WeightFormat.Model).Value)));
    }

    [Fact]
    public void Float16_OfWeightsThatAreSo_ChangesNothing()
    {
        var result = Compile(Net([.. Enumerable.Range(0, 64).Select(i => i / 4f)]), WeightFormat.Float16);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(2 * 64, WeightBytes(result.Value));
    }

    [Fact]
    public void Float16_OfWeightsBeyondItsRange_KeepsTheLayer()
    {
        var result = Compile(Net([.. Thirds.Select(w => w * 10_000)]), WeightFormat.Float16);
        Assert.Contains("1 layers have weights beyond 65504", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(4 * 64, WeightBytes(result.Value));
    }

    /// <summary>A constant has no operands to tell what it is of.</summary>
    [Theory]
    [InlineData(WeightFormat.Wide)]
    [InlineData(WeightFormat.Float16)]
    public void Of_NetworkWithConstant_KeepsIt(WeightFormat format)
    {
        var reals = new TensorType(new(1, 1, 8), ElementType.Float32);
        var (net, known) = (new NetworkBuilder(1), new Known { Data = [.. new byte[reals.Bytes]], Shape = reals.Shape });
        var layer = net.Apply(new Dense { Weights = CompactWeights.Tensor([8, 8], Thirds) }, reals, net.Input(reals));
        var compiled = Compile(net.Build("net", layer, net.Apply(known, reals)), format).Value;
        Assert.Contains(known, compiled.Model.Network.Nodes.Select(n => n.Operator));
    }

    /// <summary>Kept or widened, the numbers are the same.</summary>
    [Theory]
    [InlineData(0, 2 * 64)]
    [InlineData(2, 64)]
    [InlineData(5, 32)]
    public void Wide_OfCompactWeights_IsFloat32(int kind, int bytes)
    {
        var weights = CompactWeights.Of(new Random(4), kind, [8, 8]);
        var net = Net(RealLinear.Numbers(weights).ToArray(), weights.Form);
        var (kept, wide) = (Compile(net, WeightFormat.Model).Value, Compile(net, WeightFormat.Wide).Value);
        Assert.Equal((bytes, 4 * 64), (WeightBytes(kept), WeightBytes(wide)));
        Assert.Equal(Weights(kept), Weights(wide));
    }

    private static NetworkGraph Net(float[] weights, CompactForm? form = null)
    {
        var reals = new TensorType(new(1, 1, 8), ElementType.Float32);
        var net = new NetworkBuilder(1);
        return net.Build(
            "net",
            net.Apply(new Dense { Weights = CompactWeights.Tensor([8, 8], weights) with { Form = form } }, reals, net.Input(reals))
        );
    }

    private static StageResult<Compilation> Compile(NetworkGraph graph, WeightFormat format) =>
        ModelCompiler.Compile(
            graph,
            new CompileOptions
            {
                Name = "net",
                Device = DeviceDatabase.Find("nrf52840").Value,
                WeightFormat = format,
            }
        );

    private static float[] Weights(Compilation compilation) =>
        RealLinear.Numbers(((ILinear)compilation.Model.Network.Nodes.Single().Operator).Weights).ToArray();

    private static int WeightBytes(Compilation compilation) =>
        compilation.Model.Kernels.Single().Tables.Single(t => t.Content!.Role == "weights").Bytes;
}
