using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Tests;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Runtimes.HostC;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Accuracy on labelled data, exact to the sample, the same in C and in C#.</summary>
public sealed class AccuracyTests
{
    /// <param name="pixels">Whether the data are bytes 0 to 255 for a model that takes -128 to 127.</param>
    [RealDataTheory]
    [InlineData("mlperf_resnet8_int8", "cifar10/test_first_x_u8_nchw_761x3x32x32.bin", "cifar10/test_first_y_u8_761.bin", true, 669)]
    [InlineData("mlperf_kws_dscnn_int8", "kws01/x_int8_1000x490.bin", "kws01/y_uint8_1000.bin", false, 902)]
    [InlineData("lenet300_int8", "mnist/test_x_u8_10000x28x28.bin", "mnist/test_y_u8.bin", true, 9815)]
    public void HostCAndCSharp_LabelledData_AreRightEquallyOften(string name, string data, string labels, bool pixels, int expected)
    {
        var model = RealModel.Of(name);
        var compiled = model.Compile(Plan.Fit);
        var truth = File.ReadAllBytes(Shared.Path("data", labels));
        var inputs = File.ReadAllBytes(Shared.Path("data", data))
            .Select(b => pixels ? (byte)(b ^ 0x80) : b)
            .Chunk(model.Cases[0][0].Length)
            .Select(x => Golden.ToStored(x, model.Graph, model.Graph.Inputs[0]))
            .ToArray();
        Assert.Equal(truth.Length, inputs.Length);

        var host = CompiledC
            .OnHost(compiled, inputs.Select(x => (IReadOnlyList<byte[]>)[x]).ToArray(), new HostCOptions { Optimisation = "-O3" })
            .Value;
        var element = model.Graph[model.Graph.Outputs[0].Tensor].Type.Element;
        var answers = host.Cases.Select(c => Top(c[0], element)).ToArray();
        Assert.Equal(expected, answers.Zip(truth).Count(p => p.First == p.Second));
        Assert.Equal(answers, InCSharp(compiled, inputs).Select(o => Top(o, element)));
    }

    /// <summary>One engine, several threads, an arena for each.</summary>
    private static byte[][] InCSharp(CompiledModel model, byte[][] inputs)
    {
        var engine = new ManagedNetwork(model).Engine;
        var (from, to) = (
            model.Memory.Tensors[model.Graph.Inputs[0].Tensor.Value]!.Offset,
            model.Memory.Tensors[model.Graph.Outputs[0].Tensor.Value]!.Offset
        );
        var outputs = new byte[inputs.Length][];
        Parallel.For(
            0,
            inputs.Length,
            () => (Arena: new sbyte[engine.ArenaBytes], Words: new int[engine.AccumulatorWords]),
            (i, _, memory) =>
            {
                Buffer.BlockCopy(inputs[i], 0, memory.Arena, from, inputs[i].Length);
                engine.Run(memory.Arena, memory.Words);
                outputs[i] = new byte[model.Graph[model.Graph.Outputs[0].Tensor].Type.Bytes];
                Buffer.BlockCopy(memory.Arena, to, outputs[i], 0, outputs[i].Length);
                return memory;
            },
            _ => { }
        );
        return outputs;
    }

    private static int Top(byte[] output, ElementType element)
    {
        var values =
            element == ElementType.Float32
                ? MemoryMarshal.Cast<byte, float>(output).ToArray()
                : output.Select(b => (float)(sbyte)b).ToArray();
        return Array.IndexOf(values, values.Max());
    }
}
