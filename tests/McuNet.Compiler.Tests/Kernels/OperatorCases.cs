using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;

namespace McuNet.Compiler.Tests.Kernels;

/// <summary>
/// Cases of one or more operators, run by every executor. Each subclass of this assembly is found by itself and draws from its own random
/// numbers, so that the cases of one operator do not depend on another's.
/// </summary>
internal abstract class OperatorCases(Random random, KernelTarget target)
{
    private const int Seed = 2;

    protected Random Random { get; } = random;

    protected KernelTarget Target { get; } = target;

    public abstract IEnumerable<KernelCase> All();

    /// <summary>The cases of every subclass, in the order of their names.</summary>
    public static List<KernelCase> Collect(KernelTarget target) =>
        typeof(OperatorCases)
            .Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(OperatorCases)))
            .OrderBy(t => t.FullName, StringComparer.Ordinal)
            .SelectMany(t => ((OperatorCases)Activator.CreateInstance(t, new Random(Seed), target)!).All())
            .ToList();

    protected KernelCase Case(Operator op, NodeTypes types, Calling calling, float lowest = -4, float highest = 4) =>
        KernelCase.Of(op.Kind, op, types, OperatorTable.Lower(op, types, Target), calling, Random, lowest, highest);

    protected static TensorType Real(TensorShape shape) => new(shape, ElementType.Float32);

    protected TensorShape Shape() => new(1 + Random.Next(4), 1 + Random.Next(9), 1 + Random.Next(12));

    protected TensorType Int8(TensorShape shape, float? scale = null, int? zero = null) =>
        new(shape, ElementType.Int8, new(scale ?? (float)(0.01 + Random.NextDouble() * 0.05), zero ?? Random.Next(-128, 128)));

    /// <summary>Symmetric as most models have it, or with a zero point as that of uint16.</summary>
    protected TensorType Int16(TensorShape shape, float? scale = null) =>
        new(
            shape,
            ElementType.Int16,
            new(scale ?? (float)(0.0001 + Random.NextDouble() * 0.0002), Random.Next(2) == 0 ? 0 : Random.Next(-32768, 32768))
        );

    /// <summary>A window with padding and strides, and a shape that it slides over.</summary>
    protected (Window Window, TensorShape Input) Windowed(int dilation)
    {
        var window = new RandomLayers(Random, Target).Window(1 + Random.Next(4), 1 + Random.Next(4), 1 + Random.Next(3), dilation);
        return (window, new(window.SpanHeight + Random.Next(4), window.SpanWidth + Random.Next(5), 1 + Random.Next(7)));
    }

    protected TensorType Any(ElementType element, TensorShape shape) =>
        element switch
        {
            ElementType.Int8 => Int8(shape),
            ElementType.UInt8 => Int8(shape) with
            {
                Element = element,
                Quantization = new((float)(0.01 + Random.NextDouble() * 0.05), Random.Next(256)),
            },
            ElementType.Int16 => Int16(shape),
            _ => new(shape, element),
        };
}
