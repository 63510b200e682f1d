using System;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Execution.Layers;
using Xunit;

namespace McuNet.Execution.Tests.Layers;

/// <summary>The digits model against itself with one layer made wrong.</summary>
public sealed class LayerComparisonTests
{
    private const string Wrong = "stages.0.blocks.0.project";

    private static readonly Trace Digits = Trace.OfDigits();

    [Fact]
    public void Of_NothingChanged_NoLayerDiffers()
    {
        var results = Digits.With("", op => op);

        Assert.Equal(Digits.Network.Nodes.Select(n => n.Name), results.Select(r => r.Node.Name));
        Assert.All(results, r => Assert.Equal((true, 0, (DifferenceCause?)null), (r.IsObserved, r.Mismatches, r.Cause)));
        Assert.Equal(2 * 10, results[^1].Elements);
    }

    [Fact]
    public void Of_OneWeightChanged_FindsTheLayerAndWhatFollows()
    {
        var results = Digits.With(Wrong, Negated);

        var first = results.First(r => r.Differs);
        Assert.Equal((Wrong, DifferenceCause.Node), (first.Node.Name, first.Cause));
        Assert.Equal("stages.0.blocks.0.project.out_q", first.Value);
        Assert.All(results.SkipWhile(r => r != first).Skip(1).Where(r => r.Differs), r => Assert.Equal(DifferenceCause.Inputs, r.Cause));
        Assert.Contains(results, r => r.Cause == DifferenceCause.Inputs);
    }

    [Fact]
    public void Of_ScaleChanged_FindsTheLayer()
    {
        var results = Digits.With(
            "classifier",
            op =>
                op is Dense dense
                    ? dense with
                    {
                        Weights = dense.Weights with { Scales = [.. dense.Weights.Scales.Select(s => s * 1.1f)] },
                    }
                    : op
        );

        Assert.Equal(["classifier"], results.Where(r => r.Differs).Select(r => r.Node.Name));
        Assert.Equal(DifferenceCause.Node, results[^1].Cause);
    }

    [Fact]
    public void Of_InputNotObserved_SaysThatItMayBeTheCause()
    {
        var results = Digits.With(Wrong, Negated, "stages.0.blocks.0.project.out_q");

        var hidden = results.Single(r => !r.IsObserved);
        Assert.Equal((Wrong, "hidden", 0), (hidden.Node.Name, hidden.Missing, hidden.Elements));
        var first = results.First(r => r.Differs);
        Assert.Equal(("stages.0.blocks.1.expand", DifferenceCause.Unknown), (first.Node.Name, first.Cause));
        Assert.Equal([Wrong], first.Suspects.AsEnumerable());
    }

    [Fact]
    public void Of_LastValueNotObserved_ComparesTheOutputOfTheModel()
    {
        var last = Digits.With("", op => op, "logits_q")[^1];

        Assert.Equal(("classifier", "logits", true, 20), (last.Node.Name, last.Value, last.IsObserved, last.Elements));
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(300f)]
    [InlineData(float.NaN)]
    public void Of_RealValuesThatAreNoSteps_AreNotCompared(float steps)
    {
        var last = Digits.Counterparts[^1] with { Views = [.. Digits.Counterparts[^1].Views.Where(v => !v.Type.IsQuantized)] };
        var reals = new float[10];
        reals[3] = last.Result.Type.Scale * steps;

        var result = Assert.Single(LayerComparison.Of(Digits.Network, [last], Digits.Inputs, _ => Reals(reals)));

        Assert.Equal((false, "its values in ONNX Runtime are no steps of its quantisation"), (result.IsObserved, result.Missing));
    }

    [Fact]
    public void Of_OtherDimensions_AreNotCompared()
    {
        var result = Assert.Single(
            LayerComparison.Of(Digits.Network, [Digits.Counterparts[0]], Digits.Inputs, _ => new([new byte[3], new byte[3]]))
        );

        Assert.Equal("it has other dimensions in ONNX Runtime", result.Missing);
    }

    private static Observation Reals(float[] values)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        return new([bytes, bytes]);
    }

    /// <summary>The first weight that is not zero with the other sign.</summary>
    private static Operator Negated(Operator op)
    {
        var conv = Assert.IsType<Conv2D>(op);
        var at = conv.Weights.Data.Select((w, i) => (w, i)).First(w => w.w != 0).i;
        return conv with { Weights = conv.Weights with { Data = conv.Weights.Data.SetItem(at, (byte)-(sbyte)conv.Weights.Data[at]) } };
    }
}
