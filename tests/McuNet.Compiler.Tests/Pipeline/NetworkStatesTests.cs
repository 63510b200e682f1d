using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Onnx;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

public sealed class NetworkStatesTests
{
    /// <summary>next = x + kept, result = relu(x + kept).</summary>
    private static OnnxBytes Echo(float scaleOfNext = 0.1f, string kept = "kept", string next = "next") =>
        new OnnxBytes()
            .Input("x", 1, 4, 2, 3)
            .Input(kept, 1, 4, 2, 3)
            .Output("result", 1, 4, 2, 3)
            .Output(next, 1, 4, 2, 3)
            .Float("s", 0.1f)
            .Float("t", scaleOfNext)
            .Zero("z", -5)
            .Float("r", 0.2f)
            .Zero("y")
            .Node("QuantizeLinear", "x r y", "xq")
            .Node("DequantizeLinear", "xq r y", "xr")
            .Node("QuantizeLinear", $"{kept} s z", "kq")
            .Node("DequantizeLinear", "kq s z", "kr")
            .Node("Add", "xr kr", "sum")
            .Node("QuantizeLinear", "sum t z", "sq")
            .Node("DequantizeLinear", "sq t z", next)
            .Node("Relu", next, "relu")
            .Node("QuantizeLinear", "relu r y", "rq")
            .Node("DequantizeLinear", "rq r y", "result");

    private static readonly CompileOptions Options = new() { Name = "net", Device = DeviceDatabase.Find("stm32l4r5").Value };

    private static StageResult<Compilation> Compile(OnnxBytes model, params string[] states) =>
        ModelCompiler.Build(model.ToArray(), "net.onnx", Options with { States = StateChoice.Of(states) });

    [Fact]
    public void Compile_DeclaredState_IsNeitherInputNorOutput()
    {
        var compiled = Compile(Echo(), "kept:next");

        Assert.Empty(compiled.Diagnostics);
        var program = compiled.Value.Program;
        Assert.Equal(["x"], program.Inputs.Select(p => p.Name));
        Assert.Equal(["result"], program.Outputs.Select(p => p.Name));
        Assert.Equal(
            ("kept", "next", 0xFB, false),
            (program.States[0].Begin.Name, program.States[0].End.Name, program.States[0].StartByte, program.States[0].IsCopied)
        );
        Assert.Equal(["input0", "state0"], program.ModelInputs.Select(p => p.Accessor));
        Assert.Equal(["output0", "state0"], program.ModelOutputs.Select(p => p.Accessor));
    }

    /// <summary>1 + 2 + 3 ... steps of 0.2 in a state with steps of 0.1 and the zero point -5: after n slices of 1 it holds 2 n -
    /// 5.</summary>
    [Fact]
    public void Run_Slices_AddUpUntilReset()
    {
        var model = Compile(Echo(), "kept:next").Value.Model;
        var engine = new ManagedNetwork(model).Engine;
        var (input, state) = (
            model.Memory.Tensors[model.Graph.Inputs[0].Tensor.Value]!.Offset,
            model.Memory.Tensors[model.Graph.Inputs[1].Tensor.Value]!.Offset
        );
        var (arena, words) = (new sbyte[engine.ArenaBytes], new int[engine.AccumulatorWords]);

        for (var stream = 0; stream < 2; stream++)
        {
            engine.Reset(arena);
            for (var n = 1; n <= 4; n++)
            {
                arena.AsSpan(input, 24).Fill(1);
                engine.Run(arena, words);
                Assert.All(arena[state..(state + 24)], v => Assert.Equal(2 * n - 5, v));
            }
        }
    }

    [Fact]
    public void Compile_NamesWithColons_AreFound()
    {
        var compiled = Compile(Echo(kept: "kept:0", next: "call:0"), "kept:0:call:0");
        Assert.Equal(("kept:0", "call:0"), (compiled.Value.Program.States[0].Begin.Name, compiled.Value.Program.States[0].End.Name));
    }

    [Theory]
    [InlineData(
        "kept:nxet",
        "it names no input and output of the model (did you mean 'kept:next'?); inputs: 'x', 'kept'; outputs: 'result', 'next'"
    )]
    [InlineData("next:kept", "it names no input and output of the model")]
    [InlineData(
        "x:next",
        "input 'x' is Int8 with scale 0.2 and zero point 0, output 'next' Int8 with scale 0.1 and zero point -5, and a state has one quantisation"
    )]
    [InlineData("kept:next;kept:result", "input 'kept' belongs to another state as well")]
    [InlineData("kept:next;x:next", "output 'next' belongs to another state as well")]
    [InlineData("kept:next;x:result", "no input would be left to the application")]
    public void Compile_WrongDeclaration_SaysWhatIsWrong(string states, string why)
    {
        var compiled = Compile(Echo(), states);
        Assert.All(compiled.Diagnostics, d => Assert.Equal(DiagnosticCatalog.StateUnsuitable, d.Descriptor));
        Assert.Contains(why, compiled.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OtherDimensions_SaysWhich()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 2, 4, 3)
            .Input("kept", 1, 2, 2, 3)
            .Output("a", 1, 2, 4, 3)
            .Output("b", 1, 2, 2, 3)
            .Node("Relu", "x", "a")
            .Node("Relu", "kept", "b");
        var fault = Assert.Single(Compile(model, "kept:a").Diagnostics);
        Assert.Contains("input 'kept' has dimensions [1, 2, 2, 3], output 'a' [1, 2, 4, 3]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NothingDeclared_GuessesWithAWarning()
    {
        var compiled = Compile(Echo());
        var warning = Assert.Single(compiled.Diagnostics);
        Assert.Equal((DiagnosticCatalog.StateGuessed, DiagnosticSeverity.Warning), (warning.Descriptor, warning.Severity));
        Assert.Contains(
            "Declare them with State=\"kept:next\" if that is so, and with State=\"none\" if not.",
            warning.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(["kept"], compiled.Value.Program.States.Select(s => s.Begin.Name));
    }

    [Theory]
    [InlineData(0.1f, "none")]
    [InlineData(0.3f, "")]
    public void Compile_NoneOrOtherQuantisation_KeepsInputsAndOutputs(float scaleOfNext, string states)
    {
        var compiled = Compile(Echo(scaleOfNext), states);
        Assert.Empty(compiled.Diagnostics);
        Assert.Equal(
            (2, 2, 0),
            (compiled.Value.Program.Inputs.Length, compiled.Value.Program.Outputs.Length, compiled.Value.Program.States.Length)
        );
    }

    /// <summary>Real numbers have no quantisation that two tensors could have in common by design, and two alike could each be the
    /// other.</summary>
    [Fact]
    public void Compile_RealOrAmbiguous_IsNotGuessed()
    {
        var reals = new OnnxBytes()
            .Input("x", 1, 4)
            .Input("h", 1, 6)
            .Output("y", 1, 4)
            .Output("g", 1, 6)
            .Node("Relu", "x", "y")
            .Node("Relu", "h", "g");
        Assert.True(Compile(reals).Value.Program.States.IsEmpty);
        var alike = new OnnxBytes()
            .Input("x", 1, 4)
            .Input("h", 1, 4)
            .Output("y", 1, 4)
            .Output("g", 1, 4)
            .Float("s", 0.1f)
            .Zero("z")
            .Node("QuantizeLinear", "x s z", "xq")
            .Node("DequantizeLinear", "xq s z", "xr")
            .Node("QuantizeLinear", "h s z", "hq")
            .Node("DequantizeLinear", "hq s z", "hr")
            .Node("Add", "xr hr", "a")
            .Node("QuantizeLinear", "a s z", "aq")
            .Node("DequantizeLinear", "aq s z", "y")
            .Node("Relu", "hr", "b")
            .Node("QuantizeLinear", "b s z", "bq")
            .Node("DequantizeLinear", "bq s z", "g");
        Assert.True(Compile(alike).Value.Program.States.IsEmpty);
    }

    /// <summary>Two delays in a row: each state becomes what another port holds, one of them the input, another the state before
    /// it.</summary>
    [Fact]
    public void Run_DelayLine_GivesWhatCameTwoSlicesAgo()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 5)
            .Input("one", 1, 5)
            .Input("two", 1, 5)
            .Output("y", 1, 5)
            .Output("one_next", 1, 5)
            .Output("two_next", 1, 5)
            .Node("Identity", "x", "one_next")
            .Node("Identity", "one", "two_next")
            .Node("Neg", "two", "y");
        var graph = Compile(model, "one:one_next", "two:two_next").Value.Model.Network;
        var slices = StatefulNetwork.Slices(graph, 4, 1);
        var given = slices.Select(s => new TensorData(graph[graph.Inputs[0].Tensor].Type, s[0]).Float32.ToArray()).ToArray();

        var results = StatefulNetwork
            .Reference(graph, slices)
            .Select(s => new TensorData(graph[graph.Outputs[0].Tensor].Type, s[0]).Float32.ToArray())
            .ToArray();

        Assert.Equal(new float[5], results[1]);
        Assert.Equal(given[0].Select(v => -v), results[2]);
        Assert.Equal(given[1].Select(v => -v), results[3]);
        AssertStreams(Compile(model, "one:one_next;two:two_next").Value.Model, 6);
    }

    /// <summary>A vector takes the state, so that it is stored in the order of ONNX, and a convolution gives it, channels last: y = relu(x
    /// + what next was).</summary>
    [Fact]
    public void Run_StateInAnotherOrder_IsBroughtIntoItsOwn()
    {
        var model = new OnnxBytes()
            .Input("x", 1, 24)
            .Input("image", 1, 2, 2, 3)
            .Input("kept", 1, 4, 2, 3)
            .Output("y", 1, 24)
            .Output("next", 1, 4, 2, 3)
            .Tensor<long>("shape", OnnxType.Int64, [2], 1, 24)
            .Tensor("w", OnnxType.Float, [4, 2, 1, 1], 0.5f, -1f, 2f, 0.25f, -0.5f, 1f, 3f, -2f)
            .Node("Reshape", "kept shape", "k")
            .Node("Add", "x k", "s")
            .Node("Relu", "s", "y")
            .Node("Conv", "image w", "next");
        var compiled = Compile(model, "kept:next").Value.Model;
        AssertStreams(compiled, 4);

        var graph = compiled.Network;
        Assert.Contains(graph.Nodes, n => n.Operator is Permute && n.Output == graph.Outputs[1].Tensor);
        var slices = StatefulNetwork.Slices(graph, 3, 2);
        var results = StatefulNetwork.Reference(graph, slices);
        for (var s = 1; s < 3; s++)
        {
            var given = Floats(slices[s][0])
                .Zip(Floats(Golden.ToOnnx(results[s - 1][1], graph, graph.Outputs[1])), (x, kept) => MathF.Max(x + kept, 0));
            Assert.Equal(given, Floats(results[s][0]));
        }

        static float[] Floats(byte[] bytes) => [.. bytes.Chunk(sizeof(float)).Select(b => BitConverter.ToSingle(b))];
    }

    [Theory]
    [InlineData(Objective.Fit)]
    [InlineData(Objective.Memory)]
    public void Run_RandomNetworks_EqualTheReferenceSliceBySlice(Objective objective)
    {
        var (kept, copied) = (0, 0);
        for (var seed = 0; seed < 6; seed++)
        {
            var graph = StatefulNetwork.Build(seed);
            if (graph.States.IsEmpty)
                continue;
            var model = ManagedNetwork.Compile(graph, objective, InputMode.Resident);
            AssertStreams(model, 4);
            kept += graph.States.Length;
            copied += model.Memory.StateCopies.Length;
        }

        Assert.True(copied > 0 && copied < kept, $"{copied} of {kept} states are copied");
    }

    [Fact]
    public void FindFault_StateInTheWrongPlace_IsFound()
    {
        var model = ManagedNetwork.Compile(StatefulNetwork.Build(2), Objective.Memory, InputMode.Resident);
        Assert.Null(Fault(model.Memory));
        Assert.Contains("is not in its place at the end", Fault(model.Memory with { StateCopies = [] }), StringComparison.Ordinal);
        var copy = model.Memory.StateCopies[0];
        var output = model.Memory.Tensors[model.Graph.Outputs[0].Tensor.Value]!;
        Assert.NotNull(Fault(model.Memory with { StateCopies = [.. model.Memory.StateCopies, new ByteCopy(copy.From, output.Offset, 1)] }));

        string? Fault(MemoryPlan plan) =>
            ScheduleVerifier.FindFault(model.Schedule, plan, n => model.Kernels[n].ScratchBytes, n => model.Kernels[n].StateBytes);
    }

    [Fact]
    public void Compile_StatesInASharedArena_RaisesStatesInSharedArena()
    {
        var shared = ModelCompiler.Build(
            Echo().ToArray(),
            "net.onnx",
            Options with
            {
                States = StateChoice.Of(["kept:next"]),
                SharedArena = "common",
            }
        );
        Assert.Equal(DiagnosticCatalog.StatesInSharedArena, Assert.Single(shared.Diagnostics).Descriptor);
        var rows = ModelCompiler.Build(
            Echo().ToArray(),
            "net.onnx",
            Options with
            {
                States = StateChoice.Of(["kept:next"]),
                Input = InputMode.Rows,
            }
        );
        Assert.Contains("it keeps states between inferences", Assert.Single(rows.Diagnostics).Message, StringComparison.Ordinal);
    }

    /// <summary>C# against the reference, public outputs and states.</summary>
    private static void AssertStreams(CompiledModel model, int slices)
    {
        var cases = StatefulNetwork.Slices(model.Network, slices, 7);
        var expected = StatefulNetwork.Reference(model.Network, cases);
        var actual = new ManagedNetwork(model).RunStream(cases);
        for (var c = 0; c < slices; c++)
        {
            for (var o = 0; o < expected[c].Length; o++)
                Assert.True(expected[c][o].AsSpan().SequenceEqual(actual[c][o]), $"{model.Network.Name}: slice {c}, output {o} differs");
        }
    }
}
