using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Tests.Kernels;
using Xunit;
using static McuNet.Compiler.Tests.Operators.Operands;

namespace McuNet.Compiler.Tests.Operators;

/// <summary>The scale that ONNX files have, and another.</summary>
internal sealed class SoftmaxCases(Random random, KernelTarget target) : OperatorCases(random, target)
{
    public override IEnumerable<KernelCase> All()
    {
        for (var i = 0; i < 8; i++)
        {
            var source = Int8(new(1 + Random.Next(3), 1 + Random.Next(3), 1 + Random.Next(40)), (float)(0.01 + Random.NextDouble() * 0.2));
            yield return Case(new Softmax(), new([source], Int8(source.Shape, 1 / 256f, -128)), Calling.SplitColumns);
            yield return Case(new Softmax(), new([source], Int8(source.Shape, 0.0123f, Random.Next(-128, 128))), Calling.SplitColumns);
        }

        for (var i = 0; i < 6; i++)
        {
            var shape = new TensorShape(1 + Random.Next(3), 1 + Random.Next(3), 1 + Random.Next(20));
            yield return Case(new Softmax(), new([Real(shape)], Real(shape)), Calling.SplitColumns);
        }
    }
}

public sealed class SoftmaxTests
{
    [Fact]
    public void Evaluate_RandomLogits_IsWithinOneStepOfTheRealOne()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var values = Values(random, 10);
            var actual = Evaluate(new Softmax(), Type(1, 1, 10, 1 / 256f, -128), Data(Type(1, 1, 10, 0.11f, 4), values));
            var sum = values.Sum(v => Math.Exp(v * 0.11f));
            for (var c = 0; c < 10; c++)
                Assert.InRange(actual[c] + 128 - Math.Min(255, Math.Exp(values[c] * 0.11f) / sum * 256), -1, 1);
        }
    }
}
