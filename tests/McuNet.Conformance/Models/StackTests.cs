using System;
using System.IO;
using System.Linq;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using Xunit;

namespace McuNet.Conformance.Models;

/// <summary>The stack that an inference touches, seen by a pattern on it, against what <c>compile</c> promises, for the models of the
/// bench.</summary>
public sealed class StackTests
{
    public static TheoryData<string, Plan> Rows { get; } = AllRows();

    [RealModelOnBoardTheory]
    [MemberData(nameof(Rows))]
    public void CortexM4F_BenchModel_TouchesNoMoreStackThanPromised(string name, Plan plan)
    {
        var model = RealModel.Of(name);
        var run = CompiledC
            .In(folder =>
                QemuEmulator.Run(
                    CompiledC.Write(model.Compile(plan), folder),
                    QemuBoard.CortexM4F,
                    [model.Cases[0]],
                    new QemuOptions { Measurement = QemuMeasurement.None }
                )
            )
            .Value;
        Assert.InRange(run.StackBytes, 1, run.Stack.BoundBytes!.Value);
    }

    private static TheoryData<string, Plan> AllRows()
    {
        var data = new TheoryData<string, Plan>();
        foreach (
            var line in File.ReadLines(Path.Combine(Folders.Repository, "build", "bench", "anchors.tsv"))
                .Where(l => l.Length > 0 && l[0] != '#')
        )
        {
            data.Add(line.Split('\t')[0], Plan.Fit);
            data.Add(line.Split('\t')[0], Plan.Memory);
        }
        return data;
    }
}
