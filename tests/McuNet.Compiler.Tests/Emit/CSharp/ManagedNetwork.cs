using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Runtimes.Managed;
using Xunit;

namespace McuNet.Compiler.Tests.Emit.CSharp;

/// <summary>A network compiled to C#, built and loaded.</summary>
internal sealed class ManagedNetwork
{
    private readonly IManagedEngine _engine;

    private readonly DeviceProgram _program;

    /// <param name="program">Null for the one that a build makes of the model.</param>
    /// <param name="asNet">Whether the file is compiled as for .NET 8, with vectors.</param>
    public ManagedNetwork(CompiledModel model, DeviceProgram? program = null, bool checkOverflow = false, bool asNet = true)
    {
        (Model, _program) = (model, program ?? ProgramBuilder.CSharp(model));
        Source = CSharpEmitter.Emit(_program).Text;
        _engine = ManagedC.Compile(Source, CSharpEmitter.EngineClass(model.Name), checkOverflow, asNet);
    }

    public CompiledModel Model { get; }

    public string Source { get; }

    public IManagedEngine Engine => _engine;

    public static CompiledModel Compile(NetworkGraph graph, Objective objective, InputMode input, string device = "rp2040") =>
        ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find(device).Value,
                    Budgets = new Budgets(SramBytes: 1 << 24),
                    Objective = objective,
                    Input = input,
                }
            )
            .Value.Model;

    /// <summary>Outputs of every case in stored order.</summary>
    public ManagedResult Run(IEnumerable<IReadOnlyList<byte[]>> cases) =>
        ManagedC.Run(_engine, Ports(_program.ModelInputs), Ports(_program.ModelOutputs), cases);

    /// <summary>The same of cases that follow each other, from the start values of states on.</summary>
    public ImmutableArray<ImmutableArray<byte[]>> RunStream(IEnumerable<IReadOnlyList<byte[]>> cases) =>
        ManagedC.RunStream(_engine, Ports(_program.ModelInputs), Ports(_program.ModelOutputs), cases);

    public void AssertMatches(string name, IReadOnlyList<TensorData> inputs)
    {
        var expected = ReferenceEvaluator.Run(Model.Network, inputs);
        var result = Run([inputs.Select(i => i.Bytes).ToArray()]);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Bytes.AsSpan().SequenceEqual(result.Outputs[0][i]), $"{name}: output {i} differs");
        Assert.Equal(0, result.AllocatedBytes);
    }

    private ImmutableArray<ManagedPort> Ports(ImmutableArray<PortPlace> places) =>
        [
            .. places.Select(p => new ManagedPort(
                p.Port.Buffer.Offset,
                p.Port.Type.Bytes,
                p.Port.Type.RowBytes,
                _program.States.Any(s => s.Begin == p.Port)
            )),
        ];
}
