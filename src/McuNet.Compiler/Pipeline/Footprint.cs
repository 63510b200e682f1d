using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Emit;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Planning;

namespace McuNet.Compiler.Pipeline;

/// <summary>What the generated code takes in flash and on the stack, in bytes.</summary>
/// <param name="Weights">Constant tables, identical ones counted once.</param>
/// <param name="Code">Functions, parameter blocks and the step table.</param>
/// <param name="Measured">Whether a cross compiler built the code and measured it; otherwise an estimate.</param>
public sealed record Footprint(int Weights, int Code, int Stack, bool Measured)
{
    private const int BytesPerKernel = 700;
    private const int BytesPerLayer = 72;
    private const int BytesOfDriver = 400;

    public int Flash => Weights + Code;

    /// <summary>The estimate made without a compiler.</summary>
    public static Footprint Estimate(CompiledModel model)
    {
        var sources = model.Kernels.SelectMany(k => k.Sources).Where(s => s.EndsWith(".c", StringComparison.Ordinal)).Distinct().Count();
        var program = StepProgram.From(model.Schedule);
        var parameters = model.Kernels.Sum(k => 4 * k.Parameters.Length);
        var code = BytesOfDriver + BytesPerKernel * sources + BytesPerLayer * model.Graph.Nodes.Length + parameters
            + program.Words.Length * (program.IsBytes ? 1 : 2);
        return new Footprint(WeightBytes(model), code, StackEstimate.Bytes(model.Kernels), Measured: false);
    }

    /// <summary>Bytes of the constant tables of the generated C.</summary>
    public static int WeightBytes(CompiledModel model)
    {
        var seen = new HashSet<ConstantTable>(TableComparer.Instance);
        return model.Kernels.SelectMany(k => k.Parameters).OfType<TableParameter>().Where(t => seen.Add(t.Table)).Sum(t => t.Table.Bytes.Length);
    }
}
