using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Composite
{
    private const int Bytes = 256;

    /// <summary>table[x], what <see cref="Operator.Evaluate"/> of the steps makes of x one after the other.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var table = Table(types.Input, types.Output);
        for (var i = 0; i < output.Bytes.Length; i++)
            output.Bytes[i] = table[inputs[0].Bytes[i]];
    }

    /// <summary>The steps one after the other.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var values = new List<double[]> { inputs[0] };
        var known = new List<TensorType> { Of(types.Input, output.Length) };
        foreach (var step in Steps)
        {
            var result = new double[output.Length];
            var type = Of(step.Type, output.Length);
            Whole(step.Operator, output.Length)
                .EvaluateReals(new([.. step.Inputs.Select(i => known[i])], type), [.. step.Inputs.Select(i => values[i])], result);
            values.Add(result);
            known.Add(type);
        }
        values[^1].CopyTo(output, 0);
    }

    /// <summary>The result for every byte of an input, indexed by its bits.</summary>
    public byte[] Table(TensorType input, TensorType output)
    {
        var values = new List<TensorData> { new(Of(input, Bytes), [.. Enumerable.Range(0, Bytes).Select(i => (byte)i)]) };
        for (var s = 0; s < Steps.Length; s++)
        {
            var step = Steps[s];
            ImmutableArray<TensorData> operands = [.. step.Inputs.Select(i => values[i])];
            var result = new TensorData(Of(s == Steps.Length - 1 ? output : step.Type, Bytes));
            Whole(step.Operator, Bytes).Evaluate(new([.. operands.Select(o => o.Type)], result.Type), operands, result);
            values.Add(result);
        }
        return values[^1].Bytes;
    }

    private static TensorType Of(TensorType type, int elements) => type with { Shape = new(1, 1, elements) };

    /// <summary>A constant of a step is one element, read again for each.</summary>
    private static Operator Whole(Operator op, int elements) =>
        op is Known known
            ? known with
            {
                Shape = new(1, 1, elements),
                Data = [.. Enumerable.Range(0, elements).SelectMany(_ => known.Data)],
            }
            : op;
}
