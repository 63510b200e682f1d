using System;
using System.IO;
using System.Linq;
using McuNet.Diagnostics;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.Qemu;

public class QemuEmulatorTests
{
    public static TheoryData<string> Boards => [.. QemuBoard.All.Select(b => b.Id)];

    [ArmTheory]
    [MemberData(nameof(Boards))]
    public void Run_EachBoard_GivesOutputsAndCountsWork(string id)
    {
        using var model = new TinyModel();
        var board = QemuBoard.Find(id)!;
        var cases = TinyModel.Cases(3);

        var run = QemuEmulator.Run(model.Artifact, board, cases, Profile).Value;

        Assert.Equal(cases.Select(TinyModel.Expected), run.Outputs.Select(o => o.ToArray()));
        Assert.Equal(3, run.Inferences.Length);
        Assert.All(run.Inferences, i => Assert.InRange(i.Instructions, 2 * TinyModel.LoopCount, 2 * TinyModel.LoopCount + 600));
        Assert.All(run.Inferences, i => Assert.Equal(board.HasCycleModel, i.Cycles is not null));
        Assert.Equal([(0, 4L), (1, 1L), (2, 1L)], run.Operators.Select(o => (o.Operator, o.Steps)).ToArray());
        Assert.All(run.Operators, o => Assert.True(o.Work.Instructions > 0));
        Assert.InRange(run.StackBytes, 1, 200);
    }

    [ArmTheory]
    [MemberData(nameof(Boards))]
    public void Run_StreamedInput_HandsOverRows(string id)
    {
        using var model = new TinyModel(streamed: true);
        var cases = TinyModel.Cases(2);
        var options = new QemuOptions { Measurement = QemuMeasurement.None };

        var run = QemuEmulator.Run(model.Artifact, QemuBoard.Find(id)!, cases, options).Value;

        Assert.Equal(cases.Select(TinyModel.Expected), run.Outputs.Select(o => o.ToArray()));
        Assert.Empty(run.Inferences);
        Assert.Empty(run.Operators);
        Assert.InRange(run.Stack.BoundBytes!.Value, 8, 200);
    }

    [ArmFact]
    public void Run_LoopOfKnownCost_CountsInstructionsAndCyclesExactly()
    {
        static WorkCount Work(int rounds)
        {
            using var model = new TinyModel($"loop({rounds});");
            return QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(1)).Value.Inferences[0];
        }

        var (few, many) = (Work(0x40), Work(0x40 + 0x40));

        Assert.Equal(2 * 0x40, many.Instructions - few.Instructions);
        Assert.Equal(4 * 0x40, many.Cycles - few.Cycles);
    }

    [ArmFact]
    public void Run_Operators_SplitsTheWork()
    {
        using var model = new TinyModel();

        var run = QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(2), Profile).Value;

        Assert.Equal([(0, 4L), (1, 1L), (2, 1L)], run.Operators.Select(o => (o.Operator, o.Steps)).ToArray());
        var loop = run.Operators[1].Work;
        Assert.InRange(loop.Instructions, 2 * TinyModel.LoopCount, 2 * TinyModel.LoopCount + 20);
        Assert.InRange(loop.Cycles!.Value, 4 * TinyModel.LoopCount - 2, 4 * TinyModel.LoopCount + 40);
        Assert.InRange(run.Operators[2].Work.Instructions, 4, 30);
        Assert.InRange(
            run.Operators.Sum(o => o.Work.Instructions),
            run.Inferences[0].Instructions / 2,
            run.Inferences[0].Instructions + 60
        );
    }

    [ArmFact]
    public void Run_Sizes_SeparateWeightsCodeAndLibrary()
    {
        using var model = new TinyModel(functions: "static int32_t kept = 5;", fault: "kept += arena[0];");

        var m4 = QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(1)).Value.Sizes;
        var m0 = QemuEmulator.Compile(model.Artifact, QemuBoard.CortexM0).Value.Sizes;

        Assert.Equal((16, 16), (m4.Weights, m4.Rodata));
        Assert.InRange(m4.Text, 60, 300);
        Assert.Equal(0, m4.Library);
        Assert.InRange(m0.Library, 200, 3000);
        Assert.Contains(m4.Symbols, s => s is { Name: "tiny_weights_0", Kind: 'R', Bytes: 16 });
        Assert.Contains(m4.Symbols, s => s is { Name: "tiny_unused", Kind: 'T' });
        Assert.True(m4.Text < m4.Symbols.Where(s => s.Kind == 'T').Sum(s => s.Bytes));
    }

    [ArmFact]
    public void Run_KnownFrame_IsMeasuredAndEstimated()
    {
        const string functions =
            "static __attribute__((noinline)) void deep(uint8_t *arena)"
            + " { volatile uint8_t b[512]; for (int i = 0; i < 512; i++) b[i] = arena[0]; arena[1] = b[511]; }";
        using var model = new TinyModel("deep(arena);", functions: functions);

        var run = QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(1)).Value;

        Assert.Equal("deep", run.Stack.Largest!.Function);
        Assert.InRange(run.Stack.Largest.Bytes, 512, 532);
        Assert.InRange(run.Stack.BoundBytes!.Value, run.Stack.Largest.Bytes, run.Stack.Largest.Bytes + 112);
        Assert.InRange(run.StackBytes, 512, run.Stack.BoundBytes.Value);
    }

    [ArmFact]
    public void Run_WildWrite_ReportsTheFunctionThatFaulted()
    {
        var diagnostic = Fail(new TinyModel("*(volatile int32_t *)0x90000000u = 1;"), QemuBoard.CortexM4F);

        Assert.Equal("MCU7012", diagnostic.Id);
        Assert.Contains("in tiny_invoke", diagnostic.Message, StringComparison.Ordinal);
    }

    [ArmTheory]
    [InlineData("cortex-m0", 3000)]
    [InlineData("cortex-m4f", 33000)]
    [InlineData("cortex-m33", 33000)]
    [InlineData("cortex-m55", 33000)]
    public void Run_StackOverflow_IsReported(string id, int bytes)
    {
        var fault = $"volatile uint8_t big[{bytes}]; for (int i = 0; i < {bytes}; i++) big[i] = 1; arena[0] = big[{bytes - 1}];";

        var diagnostic = Fail(new TinyModel(fault), QemuBoard.Find(id)!);

        Assert.Equal("MCU7012", diagnostic.Id);
        Assert.Contains("stack overflow", diagnostic.Message, StringComparison.Ordinal);
    }

    [ArmFact]
    public void Run_WriteBehindTheArena_IsFound()
    {
        var diagnostic = Fail(new TinyModel("arena[TINY_ARENA_BYTES] = 1;"), QemuBoard.CortexM33);

        Assert.Equal("MCU7013", diagnostic.Id);
        Assert.Contains("0 bytes past the end", diagnostic.Message, StringComparison.Ordinal);
    }

    [ArmFact]
    public void Run_ArenaLargerThanTheBoard_NamesTheExcess()
    {
        var diagnostic = Fail(new TinyModel(arenaBytes: 20000), QemuBoard.CortexM0);

        Assert.Equal("MCU7017", diagnostic.Id);
        Assert.Contains("overflowed by", diagnostic.Message, StringComparison.Ordinal);
    }

    [ArmFact]
    public void Run_NoQemu_NamesThePackage() =>
        WithTools(
            [Tool.ArmCompiler, Tool.ArmNm],
            tools =>
            {
                using var model = new TinyModel();

                var diagnostic = Assert.Single(
                    QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(1), tools).Diagnostics
                );

                Assert.Equal("MCU7010", diagnostic.Id);
                Assert.Contains("apt-get install qemu-system-arm", diagnostic.Message, StringComparison.Ordinal);
            }
        );

    [ArmFact]
    public void Run_QemuWithoutPlugins_GivesOutputsWithAWarning() =>
        WithTools(
            [Tool.ArmCompiler, Tool.ArmNm],
            tools =>
            {
                using var model = new TinyModel();
                var qemu = Path.Combine(tools.Tools.SearchPath, "qemu-system-arm");
                var real = Toolbox.FromEnvironment().TryFind(Tool.QemuArm);
                File.WriteAllText(qemu, $"#!/bin/sh\n[ \"$1\" = -help ] && exit 0\nexec '{real}' \"$@\"\n");
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(qemu, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                File.CreateSymbolicLink(Path.Combine(tools.Tools.SearchPath, "gcc"), Toolbox.FromEnvironment().TryFind(Tool.HostCompiler)!);

                var result = QemuEmulator.Run(model.Artifact, QemuBoard.CortexM4F, TinyModel.Cases(1), tools);

                Assert.Equal("MCU7019", Assert.Single(result.Diagnostics).Id);
                Assert.Empty(result.Value.Inferences);
                Assert.Equal(TinyModel.Expected(TinyModel.Cases(1)[0]), result.Value.Outputs[0].ToArray());
            }
        );

    private static void WithTools(Tool[] tools, Action<QemuOptions> test)
    {
        var folder = Directory.CreateTempSubdirectory("mcunet-test-");
        try
        {
            foreach (var tool in tools)
                File.CreateSymbolicLink(Path.Combine(folder.FullName, tool.Names[0]), Toolbox.FromEnvironment().TryFind(tool)!);
            test(new QemuOptions { Measurement = QemuMeasurement.Operators, Tools = new Toolbox(folder.FullName) });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static QemuOptions Profile { get; } = new() { Measurement = QemuMeasurement.Operators };

    private static Diagnostic Fail(TinyModel model, QemuBoard board)
    {
        using (model)
            return Assert.Single(QemuEmulator.Run(model.Artifact, board, TinyModel.Cases(1)).Diagnostics);
    }
}
