using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the weights of layers are in flash.</summary>
public enum WeightFormat
{
    /// <summary>What they are in the model: float32, float16, or integers of 8 or 4 bits with scales.</summary>
    Model,

    /// <summary>float32, and int8 where the model has int4: what is fastest.</summary>
    Wide,

    /// <summary>float16 where they are float32 in the model, rounded to the nearest.</summary>
    Float16,
}

/// <summary>Gives the weights of layers the form that is asked for.</summary>
internal static class WeightForms
{
    /// <returns>With MCU3013 where weights are rounded.</returns>
    public static StageResult<NetworkGraph> Of(NetworkGraph graph, WeightFormat format)
    {
        if (format == WeightFormat.Model)
            return StageResult<NetworkGraph>.Success(graph);
        var rounding = new Rounding();
        var editor = new GraphEditor(graph);
        foreach (var node in editor.Nodes)
        {
            ConstantTensor Formed(ConstantTensor weights) =>
                format == WeightFormat.Wide ? weights with { Form = null }
                : weights.Form is null ? rounding.Round(node.Name, weights)
                : weights;

            if (format == WeightFormat.Wide && node.Operator is ILinear { Weights: { Element: ElementType.Int8, Bits: 4 } narrow } integers)
                editor.Replace(node, integers.WithConstants(narrow with { Bits = 8 }, integers.Bias), node.Inputs, node.Output);
            else if (node.Operator is ILinear { Weights.Element: ElementType.Float32 } layer && !editor.TypeOf(node.Inputs[0]).IsQuantized)
                editor.Replace(node, layer.WithConstants(Formed(layer.Weights), layer.Bias), node.Inputs, node.Output);
            else if (node.Operator is Recurrent cell && !editor.TypeOf(node.Inputs[0]).IsQuantized)
                editor.Replace(node, cell with { Weights = Formed(cell.Weights) }, node.Inputs, node.Output);
        }

        return StageResult<NetworkGraph>.Success(editor.ToGraph(), rounding.Report(graph.Name));
    }

    /// <summary>Rounds weights to float16 and keeps what that changed.</summary>
    private sealed class Rounding
    {
        private static readonly float Largest = (float)Half.MaxValue;

        private int _all;
        private int _changed;
        private int _beyond;
        private (double Share, string Node) _most = (0, "");

        /// <summary>The weights as float16; as they are where one is beyond its range.</summary>
        public ConstantTensor Round(string node, ConstantTensor weights)
        {
            var numbers = RealLinear.Numbers(weights).ToArray();
            var largest = numbers.Max(MathF.Abs);
            if (!(largest <= Largest))
            {
                _beyond++;
                return weights;
            }

            float[] rounded = [.. numbers.Select(w => (float)(Half)w)];
            for (var i = 0; i < rounded.Length; i++)
            {
                _all++;
                if (rounded[i] == numbers[i])
                    continue;
                _changed++;
                var share = Math.Abs((double)rounded[i] - numbers[i]) / largest;
                if (share > _most.Share)
                    _most = (share, node);
            }

            return weights with
            {
                Data = [.. MemoryMarshal.AsBytes(rounded.AsSpan())],
                Form = CompactForm.Float16,
            };
        }

        public ImmutableArray<Diagnostic> Report(string name) =>
            _changed + _beyond == 0
                ? []
                :
                [
                    Diagnostic.Create(
                        DiagnosticCatalog.WeightsRounded,
                        _changed,
                        _all,
                        name,
                        100 * _most.Share,
                        _changed == 0 ? "none" : _most.Node,
                        _beyond
                    ),
                ];
    }
}
