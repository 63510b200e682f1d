using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Import;
using McuNet.Compiler.Import.Folding;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Tests;
using McuNet.Options;

namespace McuNet.Conformance.Suite;

internal enum SuiteVerdict
{
    Passed,
    Refused,
    Wrong,
    Crashed,
}

/// <param name="Reason">The diagnostic of a refusal, the difference of a wrong result, else empty.</param>
internal sealed record SuiteResult(string Case, SuiteVerdict Verdict, string Reason, Compilation? Compilation = null, SuiteCase? Of = null);

/// <summary>A case of the suite through compiler and reference evaluator.</summary>
internal static class SuiteRun
{
    /// <summary>What separates a result from the expected one at most, over the largest magnitude of the tensor.</summary>
    private const float Tolerance = 1e-5f;

    /// <summary>As the case stands: nothing bound.</summary>
    public static SuiteResult Strict(string name) => Of(name, c => [c]);

    /// <summary>As it stands, else with every operand but the first bound, or every one but the first two.</summary>
    public static SuiteResult Bound(string name) =>
        Of(
            name,
            c =>
                c.Inputs.Length < 2
                    ? [c]
                    : [c, c.Bound(i => i > 0), .. c.Inputs.Length > 2 ? [c.Bound(i => i > 1)] : Array.Empty<SuiteCase>()]
        );

    private static SuiteResult Of(string name, Func<SuiteCase, IEnumerable<SuiteCase>> forms)
    {
        if (SuiteCase.Read(name) is not { } read)
            return new(name, SuiteVerdict.Refused, "operands that are no tensors");
        SuiteResult? first = null;
        foreach (var form in forms(read))
        {
            var result = Run(form);
            if (result.Verdict != SuiteVerdict.Refused)
                return result;
            first ??= result;
        }
        return first!;
    }

    private static SuiteResult Run(SuiteCase test)
    {
        try
        {
            var network = ModelCompiler.Network(test.Model, "net");
            if (!network.Succeeded)
                return new(
                    test.Name,
                    SuiteVerdict.Refused,
                    string.Join(" | ", network.Diagnostics.Select(d => $"{d.Descriptor.Id} {d.Message}"))
                );
            var compiled = ModelCompiler.Compile(
                network.Value,
                new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find("stm32f746").Value,
                    Budgets = new Budgets(SramBytes: 1 << 24, FlashBytes: 1 << 26),
                }
            );
            if (!compiled.Succeeded)
                return new(
                    test.Name,
                    SuiteVerdict.Refused,
                    string.Join(" | ", compiled.Diagnostics.Select(d => $"{d.Descriptor.Id} {d.Message}"))
                );
            var graph = network.Value;
            if (Stored(test, graph) is not { } inputs)
                return new(test.Name, SuiteVerdict.Refused, "operands of other types than the network's");
            var outputs = ReferenceEvaluator.Run(graph, inputs);
            for (var i = 0; i < outputs.Length; i++)
            {
                if (
                    Difference(Golden.ToOnnx(outputs[i].Bytes, graph, graph.Outputs[i]), outputs[i].Type, test.Outputs[i]) is { } difference
                )
                    return new(test.Name, SuiteVerdict.Wrong, $"output {i}: {difference}");
            }
            return new(test.Name, SuiteVerdict.Passed, "", compiled.Value, test);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(test.Name, SuiteVerdict.Crashed, e.ToString());
        }
    }

    /// <summary>Inputs as the network takes them; null where the network has other elements.</summary>
    public static TensorData[]? Stored(SuiteCase test, NetworkGraph graph)
    {
        var inputs = new List<TensorData>();
        foreach (var port in graph.Inputs)
        {
            var (type, given) = (graph[port.Tensor].Type, test.Inputs.Single(t => t.Name == port.Name));
            byte[] data = given.Type == OnnxType.Int64 ? Narrowed(given) : given.Data.ToArray();
            if (data.Length != type.Bytes || given.Type == OnnxType.Float != (type.Element == ElementType.Float32))
                return null;
            inputs.Add(new(type, Golden.ToStored(data, graph, port)));
        }
        return [.. inputs];
    }

    /// <summary>Numbers of int64 as int32; nothing where one needs more.</summary>
    private static byte[] Narrowed(OnnxTensor tensor)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(tensor.Data.Span).ToArray();
        return numbers.Any(v => v is < int.MinValue or > int.MaxValue)
            ? []
            : MemoryMarshal.AsBytes(numbers.Select(v => (int)v).ToArray().AsSpan()).ToArray();
    }

    /// <summary>Of integers that stand for real numbers what they stand for.</summary>
    private static string? Difference(byte[] actual, TensorType type, OnnxTensor expected)
    {
        double[] given = type.Element switch
        {
            ElementType.Float32 => [.. MemoryMarshal.Cast<byte, float>(actual).ToArray().Select(v => (double)v)],
            ElementType.Int32 => [.. MemoryMarshal.Cast<byte, int>(actual).ToArray().Select(v => (double)v)],
            ElementType.Int8 => [.. actual.Select(b => (double)(sbyte)b)],
            _ => [.. actual.Select(b => (double)b)],
        };
        if (type.Quantization is { } quantization && expected.Type == OnnxType.Float)
            given = [.. given.Select(v => (v - quantization.ZeroPoint) * quantization.Scale)];
        var wanted = Numbers(expected);
        if (wanted.Length != given.Length)
            return $"{given.Length} elements instead of {wanted.Length}";
        var magnitude = wanted.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        for (var i = 0; i < wanted.Length; i++)
        {
            var isEqual = wanted[i].Equals(given[i]) || Math.Abs(wanted[i] - given[i]) <= Tolerance * (magnitude == 0 ? 1 : magnitude);
            if (!isEqual)
                return $"element {i} is {given[i]:g9} instead of {wanted[i]:g9}";
        }
        return null;
    }

    private static double[] Numbers(OnnxTensor tensor)
    {
        var array = ConstantArray.Of(Constants.Of(tensor));
        return array.IsReal ? array.Reals : [.. array.Integers.Select(v => (double)v)];
    }
}
