using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the generated code takes in flash and on the stack, in bytes.</summary>
/// <param name="Weights">Constant tables, identical ones counted once.</param>
/// <param name="Code">Functions, parameter blocks and the step table.</param>
/// <param name="Measured">Whether a cross compiler built the code and measured it; otherwise an estimate.</param>
public sealed record Footprint(int Weights, int Code, int Stack, bool Measured)
{
    private const int BytesPerCall = 26;
    private const int BytesPerLoop = 90;
    private const int BytesPerField = 2;
    private const int BytesOfWalk = 160;

    /// <summary>Of memset and memcpy.</summary>
    private const int BytesOfLibrary = 170;

    public int Flash => Weights + Code;

    /// <summary>For the header of a model that was compiled with <paramref name="options"/>.</summary>
    public StatedFigures Stated(CompileOptions options) =>
        new()
        {
            Device = FormattableString.Invariant(
                $"{options.Device.Name} ({options.Device.CoreName}, {options.Device.ClockHz / 1e6:0.#} MHz)"
            ),
            StackBytes = Stack,
            FlashBytes = Flash,
            Measured = Measured,
            SramBudget = options.SramBudget,
            FlashBudget = options.FlashBudget,
            LatencyBudget = Millionths(options.Budgets.LatencyMs),
            EnergyBudget = Millionths(options.Budgets.EnergyMj),
        };

    private static long Millionths(double? thousandths) => (long)Math.Round((thousandths ?? 0) * 1000);

    /// <summary>The estimate made without a compiler, of the C.</summary>
    public static Footprint Estimate(DeviceProgram program)
    {
        var code = CodeEstimate(
            program.Layers.Length,
            program.Layers.SelectMany(l => l.Kernel.Sources),
            program.Layers.Sum(l => l.Kernel.Fields),
            program.Calls
        );
        return new Footprint(program.Constants.Bytes, code, StackEstimate.Bytes(program.Layers.Length), Measured: false);
    }

    /// <summary>The same before the weights are known. Tables of weights are equal only between the bands of one layer.</summary>
    /// <param name="network">With the kernels that the schedule calls.</param>
    public static Footprint Estimate(LoweredNetwork network, Schedule schedule)
    {
        var kernels = network.Kernels;
        var tables =
            kernels
                .SelectMany((k, n) => k.Tables.Where(t => t.Content is null).Select(t => (Layer: network.Origin[n], t.Identity, t.Bytes)))
                .Distinct()
                .Sum(t => t.Bytes)
            + kernels
                .SelectMany(k => k.Tables)
                .Select(t => t.Content)
                .OfType<ConstantTable>()
                .Distinct(TableComparer.Instance)
                .Sum(t => t.Bytes.Length);
        var calls = CallSequence.From(schedule, n => !kernels[n].IsDelivery);
        var code = CodeEstimate(kernels.Length, kernels.SelectMany(k => k.Sources), kernels.Sum(k => k.Fields), calls);
        return new Footprint(tables, code, StackEstimate.Bytes(kernels.Length), Measured: false);
    }

    /// <summary>Fewer bytes than any build of a network takes in flash.</summary>
    /// <param name="weights">By layer with weights: how many it has.</param>
    public static long LeastFlash(IEnumerable<long> weights) => weights.Sum(w => w + BytesPerCall) + BytesOfLibrary;

    /// <param name="fields">Of the parameter blocks of all layers.</param>
    private static int CodeEstimate(int layers, IEnumerable<string> sources, int fields, CallSequence calls)
    {
        var single = calls.Parts.OfType<LayerPart>().Count(p => p.Joined || p.Steps == 1);
        var table = calls.Table.Words.Length * (calls.Table.IsBytes ? 1 : 2);
        return BytesOfLibrary
            + KernelCodeSizes.Bytes(sources)
            + BytesPerCall * single
            + BytesPerLoop * (layers - single)
            + BytesPerField * fields
            + (table > 0 ? BytesOfWalk + table : 0);
    }
}
