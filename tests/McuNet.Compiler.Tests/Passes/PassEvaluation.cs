using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Passes;
using Xunit;

namespace McuNet.Compiler.Tests.Passes;

/// <summary>
/// Evaluates a network before and after each pass. Passes keep every bit of quantised outputs, and real ones to the rounding of float32,
/// but for the one that fuses quantisation: there an operator may differ by one step from what it replaces, and only where the real result
/// lies at a tie.
/// </summary>
internal sealed class PassEvaluation
{
    /// <summary>How near to a tie, in steps: the error of a few float32 operations on values of some hundred steps.</summary>
    private const double Near = 2e-3;

    /// <summary>Relative error of a float32 number, for results that are real.</summary>
    private const double Real = 2e-5;

    private ImmutableArray<TensorData> _inputs;
    private NetworkGraph _before;

    private PassEvaluation(NetworkGraph imported, ImmutableArray<TensorData> inputs) => (_before, _inputs) = (imported, inputs);

    /// <summary>Elements that fused operators gave.</summary>
    public int Elements { get; private set; }

    /// <summary>How many of them lie a step off, at a tie.</summary>
    public int Ties { get; private set; }

    /// <summary>Runs all passes over an imported network; a pass that breaks its promise fails the test.</summary>
    public static PassEvaluation Run(NetworkGraph imported, int seed)
    {
        var run = new PassEvaluation(imported, Inputs(imported, PassPipeline.Run(imported).Value, new Random(seed)));
        PassPipeline.Run(imported, run.Check);
        return run;
    }

    /// <summary>
    /// Random integers of the quantised inputs, and where the imported network has real ones, the numbers that they stand for; from -1 to 1
    /// where the network stays real. Random bytes would hold NaN, and what is not a number has no bits that one can count on.
    /// </summary>
    private static ImmutableArray<TensorData> Inputs(NetworkGraph imported, NetworkGraph final, Random random)
    {
        var inputs = ImmutableArray.CreateBuilder<TensorData>();
        for (var i = 0; i < imported.Inputs.Length; i++)
        {
            var (type, stored) = (imported[imported.Inputs[i].Tensor].Type, new TensorData(final[final.Inputs[i].Tensor].Type));
            if (stored.Type.IsQuantized)
                random.NextBytes(stored.Bytes);
            else
                Uniform(stored.Float32, random);
            inputs.Add(Converted(stored, type));
        }

        return inputs.ToImmutable();
    }

    private static void Uniform(Span<float> values, Random random)
    {
        foreach (ref var value in values)
            value = 2 * random.NextSingle() - 1;
    }

    private void Check(string pass, NetworkGraph after)
    {
        var inputs = after.Inputs.Select((p, i) => Converted(_inputs[i], after[p.Tensor].Type)).ToImmutableArray();
        if (pass == "FuseQuantization")
            CheckNodes(after);
        else
            CheckOutputs(pass, after, inputs);
        (_before, _inputs) = (after, inputs);
    }

    private void CheckOutputs(string pass, NetworkGraph after, ImmutableArray<TensorData> inputs)
    {
        var (expected, actual) = (
            ReferenceEvaluator.Run(_before, _inputs, RealNumbers.Meaning),
            ReferenceEvaluator.Run(after, inputs, RealNumbers.Meaning)
        );
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].Type.IsQuantized && expected[i].Type.Element == actual[i].Type.Element)
                Assert.True(expected[i].Bytes.AsSpan().SequenceEqual(actual[i].Bytes), $"{pass} changes output {i} of {after.Name}");
            else
                CompareReals(expected[i].Reals(), actual[i].Reals(), $"{pass} changes output {i} of {after.Name}");
        }
    }

    /// <summary>Where a pass moves a rounding, as that of a bias into the sum, every value of the tensor may differ by what one of its
    /// largest loses.</summary>
    private static void CompareReals(double[] expected, double[] actual, string fault)
    {
        var error = Real * expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), v => Assert.True(Math.Abs(v.First - v.Second) <= error, $"{fault}: {v}"));
    }

    /// <summary>Each operator on the values that it had before, so that one at a tie does not hide those behind it.</summary>
    private void CheckNodes(NetworkGraph after)
    {
        var values = ReferenceEvaluator.RunAll(_before, _inputs, RealNumbers.Meaning);
        var known = _before.Tensors.ToDictionary(t => t.Name, t => values[t.Id.Value]);
        foreach (var node in after.Nodes)
        {
            var types = after.TypesOf(node);
            TensorData[] operands = [.. node.Inputs.Select(t => known[after[t].Name])];
            var expected = known[after[node.Output].Name];
            if (!types.Inputs.All(t => t.IsQuantized))
                continue;
            var actual = new TensorData(types.Output);
            node.Operator.Evaluate(types, operands, actual);
            Compare(node, types, operands, expected, actual);
        }
    }

    private void Compare(Node node, NodeTypes types, TensorData[] operands, TensorData expected, TensorData actual)
    {
        var reals = new double[types.Output.Shape.Elements];
        node.Operator.EvaluateReals(types, [.. operands.Select(o => o.Reals())], reals);
        Elements += reals.Length;
        for (var i = 0; i < reals.Length; i++)
        {
            if (types.Output.Quantization is not { } q)
            {
                Assert.True(
                    Math.Abs(reals[i] - actual.Float32[i]) <= Real * Math.Max(1, Math.Abs(reals[i])),
                    $"{node.Name} ({node.Operator.Kind}) gives {actual.Float32[i]}, not {reals[i]}"
                );
                continue;
            }

            var difference = Math.Abs(expected[i] - actual[i]);
            if (difference == 0)
                continue;
            var steps = reals[i] / q.Scale;
            Assert.True(
                difference == 1 && Math.Abs(steps - Math.Floor(steps) - 0.5) < Near,
                $"{node.Name} ({node.Operator.Kind}) gives {actual[i]} instead of {expected[i]} where the real result is {steps:R} steps"
            );
            Ties++;
        }
    }

    /// <summary>The same values in another element type, which holds them.</summary>
    private static TensorData Converted(TensorData value, TensorType type)
    {
        if (value.Type.Element == type.Element)
            return new(type, value.Bytes);
        var result = new TensorData(type);
        var operand = type.IsQuantized ? (Operator)new Quantize() : new Dequantize();
        operand.Evaluate(new([value.Type], type), [value], result);
        return result;
    }
}
