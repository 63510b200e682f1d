using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record JoinColumns
{
    /// <summary>Copies the rows of all inputs one behind the other.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        Copy([.. inputs.Select(i => i.Bytes)], output.Bytes, types.Output.Shape.Height);

    /// <summary>The same.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output) => Copy([.. inputs], output, types.Output.Shape.Height);

    private static void Copy<T>(T[][] inputs, T[] output, int rows)
    {
        var to = 0;
        for (var y = 0; y < rows; y++)
        {
            foreach (var input in inputs)
            {
                var row = input.Length / rows;
                Array.Copy(input, y * row, output, to, row);
                to += row;
            }
        }
    }
}
