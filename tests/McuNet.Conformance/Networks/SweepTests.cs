using System;
using System.IO;
using System.Linq;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace McuNet.Conformance.Networks;

/// <summary>The sweep's own judgement: what fails is reported with the smallest network that fails, as an ONNX file and as C.</summary>
public sealed class SweepTests
{
    [Fact]
    public void AssertNoFailures_NetworksThatRunRight_Passes() => Of("right", _ => false).AssertNoFailures(10);

    /// <summary>An executor that gets every network with a product wrong.</summary>
    [Fact]
    public void AssertNoFailures_FaultOfOneOperator_IsReportedByASmallNetwork()
    {
        var sweep = Of("test of products", HasProduct);
        var message = Assert.ThrowsAny<XunitException>(() => sweep.AssertNoFailures(20)).Message;

        var failing = sweep.Networks(20).Where(HasProduct).Select(n => n.Seed).ToArray();
        Assert.InRange(failing.Length, 1, 19);
        foreach (var seed in failing)
        {
            var folder = Path.Combine(Sweep.Folder, $"test_of_products-{seed}");
            Assert.Contains($"seed {seed}, case 0, output 0: 1 of ", message, StringComparison.Ordinal);
            Assert.Contains(folder, message, StringComparison.Ordinal);
            var nodes = OnnxReader.Read(File.ReadAllBytes(Path.Combine(folder, "network.onnx")), "network.onnx").Value.Graph.Nodes;
            Assert.Contains(nodes, n => n.Operator == "Mul");
            Assert.InRange(nodes.Count(n => n.Operator is not ("QuantizeLinear" or "DequantizeLinear" or "Identity")), 1, 2);
            Assert.Contains("mn_mul_s8_portable", File.ReadAllText(Path.Combine(folder, $"n{seed}.c")), StringComparison.Ordinal);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A network of integers alone: where real numbers begin depends on how many nodes there are, so that smaller networks may
    /// lack the fault.</summary>
    private static bool HasProduct(RandomCase network) =>
        network.Model.Network.Nodes.Any(node => node.Operator is Mul) && network.Model.Network.Tensors.All(t => t.Type.IsQuantized);

    private static Sweep Of(string mode, Func<RandomCase, bool> isWrong) =>
        new(
            mode,
            ["stm32g0b1"],
            batch =>
            {
                var (right, at) = (batch.Expected, 0);
                foreach (var network in batch.Networks)
                {
                    at += network.Model.StreamsInput ? 3 : 1;
                    if (isWrong(network))
                        right = new(
                            right.Cases.SetItem(
                                0,
                                right.Cases[0].SetItem(at, [(byte)~right.Cases[0][at][0], .. right.Cases[0][at].Skip(1)])
                            )
                        );
                    at += network.Model.Graph.Outputs.Length;
                }
                return StageResult<Outputs>.Success(right);
            }
        );
}
