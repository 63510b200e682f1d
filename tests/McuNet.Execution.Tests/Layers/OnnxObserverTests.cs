using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Tests;
using McuNet.Execution.Layers;
using McuNet.Runtimes.Cases;
using Xunit;
using OnnxTensor = McuNet.Runtimes.OnnxRuntime.OnnxTensor;

namespace McuNet.Execution.Tests.Layers;

public sealed class OnnxObserverTests
{
    /// <summary>Images, fused into kernels for channels last and uint8.</summary>
    [OnnxRuntimeFact]
    public void Observe_FusedLayers_SeesWhatTheReferenceComputes() =>
        AssertEqual(
            new Trace(
                Networks
                    .Begin(1, 2, 4, 6)
                    .Conv("in_dq", "first", 2, 8, 1)
                    .Rounded("first", "a")
                    .Conv("a_dq", "second", 8, 4, 2)
                    .Rounded("second", "b")
                    .Output("b_dq", 1, 4, 4, 6)
                    .Read()
            )
        );

    /// <summary>Dimensions that do not tell whether channels come first or last.</summary>
    [OnnxRuntimeFact]
    public void Observe_AsManyChannelsAsRowsAndColumns_SeesThemInOrder() =>
        AssertEqual(
            new Trace(
                Networks
                    .Begin(1, 4, 4, 4)
                    .Conv("in_dq", "first", 4, 4, 1)
                    .Rounded("first", "a")
                    .Conv("a_dq", "second", 4, 4, 2)
                    .Rounded("second", "b")
                    .Output("b_dq", 1, 4, 4, 4)
                    .Read()
            )
        );

    [OnnxRuntimeFact]
    public void Observe_RoundingThatOnnxRuntimeDrops_SaysThatItCannot()
    {
        var model = Networks.Begin(1, 1, 4, 4).Rounded("in_dq", "a", "coarse").Rounded("a_dq", "b").Output("b_dq", 1, 1, 4, 4);
        var trace = new Trace(model.Read());

        // The network has one table for both roundings; the model still has the value between them.
        var dropped = Observer(trace)(trace["node_b_q"].Views[0] with { Value = "a_q" });

        Assert.Equal((0, "the final outputs of ONNX Runtime change when it is made an output"), (dropped.Cases.Length, dropped.Missing));
    }

    [OnnxRuntimeFact]
    public void Observe_RealNetwork_SeesEveryLayer()
    {
        var trace = Trace.OfDigits();

        var results = LayerComparison.Of(trace.Network, trace.Counterparts, trace.Inputs, Observer(trace));

        Assert.All(results, r => Assert.Null(r.Missing));
        Assert.All(results.TakeWhile(r => r.Node.Operator.Kind != "Add"), r => Assert.Equal(0, r.Mismatches));
    }

    private static void AssertEqual(Trace trace)
    {
        var observe = Observer(trace);
        foreach (var view in trace.Counterparts.SelectMany(c => c.Views))
        {
            var (expected, observed) = (trace.Observe(view), observe(view));
            Assert.Null(observed.Missing);
            Assert.Equal(expected.Cases.AsEnumerable(), observed.Cases.AsEnumerable());
        }
    }

    private static Func<OnnxView, Observation> Observer(Trace trace)
    {
        var port = trace.Network.Inputs[0];
        var inputs = trace.Inputs.Select(i => (IReadOnlyList<OnnxTensor>)[Real(i[0], port)]).ToArray();
        return new OnnxObserver(
            OnnxWriter.Write(trace.Model),
            trace.Model,
            inputs,
            trace.Counterparts.SelectMany(c => c.Views).Select(v => v.Value)
        ).Observe;
    }

    private static OnnxTensor Real(TensorData data, GraphPort port)
    {
        var (type, shape) = (data.Type, data.Type.Shape);
        var bytes = TensorLayout.ToNchw(data.Bytes, [1, shape.Channels, shape.Height, shape.Width]);
        return OnnxTensor.Float(
            port.Name,
            [.. port.Dims.Select(d => (long)d)],
            bytes.Select(b => ((sbyte)b - type.ZeroPoint) * type.Scale).ToArray()
        );
    }
}
