using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the generated code takes in flash and on the stack, in bytes.</summary>
/// <param name="Weights">Constant tables, identical ones counted once.</param>
/// <param name="Code">Functions, parameter blocks and the step table.</param>
/// <param name="Measured">Whether a cross compiler built the code and measured it; otherwise an estimate.</param>
public sealed record Footprint(int Weights, int Code, int Stack, bool Measured)
{
    private const int BytesPerLayer = 90;
    private const int BytesPerField = 2;
    private const int BytesOfDriver = 300;

    public int Flash => Weights + Code;

    /// <summary>The estimate made without a compiler.</summary>
    public static Footprint Estimate(CompiledModel model)
    {
        var code = CodeEstimate(model.Kernels.SelectMany(k => k.Sources), model.Kernels.Sum(k => k.Parameters.Length), model.Schedule);
        return new Footprint(WeightBytes(model), code, StackEstimate.Bytes(model.Kernels.Length), Measured: false);
    }

    /// <summary>The same before the weights are known. Tables count in full: no two layers have equal ones.</summary>
    public static Footprint Estimate(IReadOnlyList<KernelOutline> offered, Schedule schedule)
    {
        var kernels = schedule.BlockRows().Select((rows, n) => rows > 0 ? offered[n].OfBlock(rows) : offered[n]).ToArray();
        var code = CodeEstimate(kernels.SelectMany(k => k.Sources), kernels.Sum(k => k.Fields), schedule);
        return new Footprint(kernels.Sum(k => k.TableBytes), code, StackEstimate.Bytes(kernels.Length), Measured: false);
    }

    private static int CodeEstimate(IEnumerable<string> sources, int fields, Schedule schedule)
    {
        var program = StepProgram.From(schedule);
        return BytesOfDriver + KernelCodeSizes.Bytes(sources) + BytesPerLayer * schedule.Graph.Nodes.Length + BytesPerField * fields
            + program.Words.Length * (program.IsBytes ? 1 : 2);
    }

    /// <summary>Bytes of the constant tables of the generated C.</summary>
    public static int WeightBytes(CompiledModel model)
    {
        var seen = new HashSet<ConstantTable>(TableComparer.Instance);
        return model.Kernels.SelectMany(k => k.Parameters).OfType<TableParameter>().Where(t => seen.Add(t.Table)).Sum(t => t.Table.Bytes.Length);
    }
}
