using System.Collections.Generic;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;

namespace McuNet.Conformance.Models;

/// <summary>A compiled network that takes slice after slice in one arena.</summary>
internal static class StreamedModel
{
    public static CompiledModel Compile(
        NetworkGraph graph,
        Objective objective,
        bool stepped = false,
        string device = "stm32l4r5",
        StateChoice? states = null
    )
    {
        return ModelCompiler
            .Compile(
                graph,
                new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find(device).Value,
                    Budgets = new Budgets(SramBytes: 1 << 24),
                    Objective = objective,
                    Stepped = stepped,
                    States = states ?? StateChoice.None,
                }
            )
            .Value.Model;
    }

    public static Outputs OnHost(CompiledModel model, IReadOnlyList<IReadOnlyList<byte[]>> slices) =>
        CompiledC.In(folder =>
            CompiledC
                .OnHost(
                    CompiledC.Write(model, folder) with
                    {
                        IsStream = true,
                    },
                    slices,
                    new HostCOptions { Sanitize = true, Optimisation = "-O1" }
                )
                .Value
        );

    public static Outputs OnBoard(string board, CompiledModel model, IReadOnlyList<IReadOnlyList<byte[]>> slices) =>
        CompiledC.In(folder =>
            CompiledC.OnBoard(CompiledC.Write(model, folder) with { IsStream = true }, QemuBoard.Find(board)!, slices).Value
        );
}
