using System.Linq;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Real models under every kind of schedule: generated code equals the reference bit for bit, and ONNX Runtime within
/// rounding.</summary>
public sealed class RealModelOnHostTests
{
    public static TheoryData<string, Plan> Schedules { get; } = RealModelSchedules.All(Plan.Fit, Plan.Memory, Plan.Rows);

    public static TheoryData<string> Models { get; } = new(RealModel.Names);

    [RealModelTheory]
    [MemberData(nameof(Schedules))]
    public void HostC_RealModel_MatchesReferenceAndGoldenVectors(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var outputs = CompiledC.OnHost(model.Compile(plan), model.Cases).Value;
        model.Expected.AssertEqual("host C", outputs);
        model.AssertNearGolden(outputs);
    }

    [RealModelTheory]
    [MemberData(nameof(Models))]
    public void HostC_RealModelWithSanitizers_MatchesReference(string name)
    {
        var model = RealModel.Of(name);
        var run = CompiledC.OnHost(
            model.Compile(Plan.Rows),
            model.CasesForEmulation,
            new HostCOptions { Sanitize = true, Optimisation = "-O1" }
        );
        model.ExpectedOnEmulation.AssertEqual("host C with sanitizers", run.Value);
    }
}

public sealed class RealModelInCSharpTests
{
    public static TheoryData<string, Plan> Schedules { get; } = RealModelSchedules.All(Plan.Rows);

    [RealModelTheory]
    [MemberData(nameof(Schedules))]
    public void CSharp_RealModel_MatchesReferenceWithoutAllocating(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var result = new ManagedNetwork(model.Compile(plan)).Run(model.CasesForEmulation);
        model.ExpectedOnEmulation.AssertEqual("C#", new Outputs(result.Outputs));
        Assert.Equal(0, result.AllocatedBytes);
    }
}

public sealed class RealModelOnCortexM4Tests
{
    public static TheoryData<string, Plan> Schedules { get; } = RealModelSchedules.All(Plan.Fit, Plan.Rows);

    [RealModelOnBoardTheory]
    [MemberData(nameof(Schedules))]
    public void CortexM4F_RealModel_MatchesReference(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var run = CompiledC.OnBoard(model.Compile(plan), QemuBoard.CortexM4F, model.CasesForEmulation);
        model.ExpectedOnEmulation.AssertEqual("Cortex-M4F", run.Value);
    }
}

/// <summary>Real models whose smallest schedule cuts segments into bands of columns: the image in the arena, or asked for several
/// times.</summary>
public sealed class RealModelInBandsTests
{
    public static TheoryData<string, Plan> Banded { get; } =
        new()
        {
            { "mcunet_detection_int8", Plan.Memory },
            { "mcunet_vww_int8", Plan.Passes },
            { "mlperf_vww_int8", Plan.Passes },
            { "coral_mbv1_025_128_uint8", Plan.Passes },
        };

    [RealModelTheory]
    [MemberData(nameof(Banded))]
    public void HostCAndCSharp_ModelInBands_MatchReference(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var compiled = model.Compile(plan);
        Assert.True(compiled.MacFactor > 1, $"no bands: {compiled.MacFactor}");
        model.ExpectedOnEmulation.AssertEqual("host C", CompiledC.OnHost(compiled, model.CasesForEmulation).Value);
        var managed = new ManagedNetwork(compiled).Run(model.CasesForEmulation);
        model.ExpectedOnEmulation.AssertEqual("C#", new Outputs(managed.Outputs));
        Assert.Equal(0, managed.AllocatedBytes);
    }

    [RealModelOnBoardTheory]
    [MemberData(nameof(Banded))]
    public void CortexM4F_ModelInBands_MatchesReference(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var run = CompiledC.OnBoard(model.Compile(plan), QemuBoard.CortexM4F, model.CasesForEmulation);
        model.ExpectedOnEmulation.AssertEqual("Cortex-M4F", run.Value);
    }

    /// <summary>Besides weights only the parameter blocks of layers come once more for each band.</summary>
    [RealModelTheory]
    [MemberData(nameof(Banded))]
    public void Flash_ModelInBands_HoldsWeightsOnce(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var (banded, whole) = (
            ProgramBuilder.C(model.Compile(plan)).Constants.Bytes,
            ProgramBuilder.C(model.Compile(Plan.Fit)).Constants.Bytes
        );
        Assert.InRange(banded, 0, whole * 1.04);
    }
}

internal static class RealModelSchedules
{
    /// <param name="heavy">Schedules for models with many weights.</param>
    public static TheoryData<string, Plan> All(params Plan[] heavy)
    {
        var data = new TheoryData<string, Plan>();
        foreach (var name in RealModel.Names)
        {
            foreach (var plan in RealModel.Heavy.Contains(name) ? heavy : [Plan.Fit, Plan.Memory, Plan.Rows])
                data.Add(name, plan);
        }
        return data;
    }
}
