using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record TopK
{
    /// <summary>The chosen elements as they are stored.</summary>
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output)
    {
        var (channels, i) = (types.Input.Shape.Channels, 0);
        foreach (var place in PlacesOf(inputs[0], channels, Count, IsLeast))
        {
            output[i] = inputs[0][i / Count * channels + place];
            i++;
        }
    }

    /// <summary>The chosen numbers.</summary>
    public override void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output)
    {
        var (channels, i) = (types.Input.Shape.Channels, 0);
        foreach (var place in Places((double[])inputs[0], channels, Count, IsLeast))
        {
            output[i] = inputs[0][i / Count * channels + place];
            i++;
        }
    }

    internal static IEnumerable<int> PlacesOf(TensorData input, int channels, int count, bool isLeast) =>
        input.Type.IsQuantized
            ? Places<int>([.. Enumerable.Range(0, input.Type.Shape.Elements).Select(i => input[i])], channels, count, isLeast)
            : Places(input.Float32.ToArray(), channels, count, isLeast);
}
