using System;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>What kernels say of a shape is what they make of a layer.</summary>
public sealed class LinearKernelOutlineTests
{
    private static readonly KernelTarget Everything = new(KernelLanguage.C, Enum.GetValues<DeviceFeatures>().Aggregate((a, b) => a | b));

    [Fact]
    public void Outline_EveryKernelOnRandomLayers_EqualsWhatBindGives()
    {
        var rows = OperatorTable.Kernels.OfType<LinearKernel>().ToArray();
        var seen = PortableKernelTests
            .Linear(Everything)
            .Select(c =>
            {
                var layer = LayerOf(c.Operator, c.Types);
                var row = rows.Single(r => r.Function == c.Kernel.Function && r.Applies(layer) && r.RowsOf(layer) == c.Kernel.Rows);
                var (outline, bound) = (row.Outline(layer, Everything), row.Bind(layer, Everything));
                Assert.Equal(bound.Sources.ToArray(), outline.Sources.ToArray());
                Assert.Equal(bound.TableBytes, outline.TableBytes);
                Assert.Equal(bound.Parameters.Length, outline.Fields);
                Assert.Equal(bound.Tables.Length, outline.Tables.Length);
                Assert.Equal(Numbers(bound), Numbers(outline));
                return (row.Function, row.MostRows);
            })
            .Distinct()
            .ToArray();

        Assert.Equal(rows.Select(r => (r.Function, r.MostRows)).Order(), seen.Order());
    }

    /// <summary>Sums whose integers do not serve are another kernel than the outline says.</summary>
    [Fact]
    public void Outline_OperatorsWithoutWeights_IsWhatLowerGives() =>
        Assert.All(
            PortableKernelTests
                .Others(Everything)
                .Where(c =>
                    c.Operator is not (Conv2D or DepthwiseConv2D or Dense)
                    && (c.Operator is not Add || c.Kernel.Required == DeviceFeatures.Dsp)
                ),
            c =>
            {
                var (outline, bound) = (
                    OperatorTable.Outline(c.Operator, c.Types, Everything),
                    OperatorTable.Lower(c.Operator, c.Types, Everything)
                );
                Assert.Equal(bound.Parameters.Length, outline.Fields);
                Assert.Equal(bound.TableBytes, outline.TableBytes);
                Assert.Equal(Numbers(bound), Numbers(outline));
            }
        );

    [Fact]
    public void Shape_OfALayer_HasItsTaps() =>
        Assert.All(
            PortableKernelTests.Linear(Everything),
            c => Assert.Equal(LayerOf(c.Operator, c.Types).Weights.Length, LayerOf(c.Operator, c.Types).WeightCount)
        );

    private static (string, DeviceFeatures, string, int, int, int, double, double) Numbers(KernelCall call) =>
        (
            call.Function,
            call.Required,
            call.ParameterType,
            call.Rows,
            call.ScratchBytes,
            call.StateBytes,
            call.CyclesPerStep,
            call.CyclesPerJoinedRow
        );

    private static LinearLayer LayerOf(Operator op, NodeTypes types) =>
        op switch
        {
            Conv2D conv => conv.Layer(types),
            DepthwiseConv2D depthwise => depthwise.Layer(types),
            _ => ((Dense)op).Layer(types),
        };
}
