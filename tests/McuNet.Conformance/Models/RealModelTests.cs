using System.Linq;
using McuNet.Compiler.Tests.Emit.CSharp;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>Real models under every kind of schedule: generated code equals the reference bit for bit, and ONNX Runtime within rounding.</summary>
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
        var run = CompiledC.OnHost(model.Compile(Plan.Rows), model.CasesForEmulation, new HostCOptions { Sanitize = true, Optimisation = "-O1" });
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
