using System;
using System.IO;
using System.Linq;
using System.Threading;
using McuNet.Diagnostics;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Runtimes.Tests.HostC;

public class HostCompilerTests
{
    private static readonly HostCOptions Sanitized = new() { Sanitize = true };

    [HostCompilerFact]
    public void Run_ManyCases_GivesEachCasesOutputs() => AssertOutputs(streamed: false, new HostCOptions());

    [HostCompilerFact]
    public void Run_StreamedInput_HandsOverRows() => AssertOutputs(streamed: true, new HostCOptions());

    [HostCompilerFact]
    public void Run_Sanitized_GivesTheSame() => AssertOutputs(streamed: true, Sanitized);

    [HostCompilerFact]
    public void Run_RelativeDirectory_IsFound()
    {
        using var model = new TinyModel();
        var artifact = model.Artifact with { Directory = Path.GetRelativePath(Directory.GetCurrentDirectory(), model.Artifact.Directory) };

        Assert.True(HostCompiler.Run(artifact, TinyModel.Cases(1)).Succeeded);
    }

    [HostCompilerFact]
    public void Run_ModelThatWarns_ReportsTheCompilersWords()
    {
        var diagnostic = Fail(new TinyModel("int unused = 3;"));

        Assert.Equal("MCU7011", diagnostic.Id);
        Assert.Contains("unused variable", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_HeaderThatDisagrees_FailsToCompile()
    {
        using var model = new TinyModel();
        var artifact = model.Artifact with { OutputBytes = [4, 8] };

        var diagnostic = Assert.Single(HostCompiler.Run(artifact, TinyModel.Cases(1)).Diagnostics);

        Assert.Equal("MCU7011", diagnostic.Id);
        Assert.Contains("bytes of output 1", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_WriteBehindTheArena_NamesTheDistanceAndTheCase()
    {
        var diagnostic = Fail(new TinyModel("if (*tiny_input1(arena) != 0) arena[TINY_ARENA_BYTES + 5] = 1;"));

        Assert.Equal("MCU7013", diagnostic.Id);
        Assert.Contains("5 bytes past the end", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("case 1", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_WriteBeforeTheArena_IsFound()
    {
        var diagnostic = Fail(new TinyModel("arena[-3] = 1;"));

        Assert.Equal("MCU7013", diagnostic.Id);
        Assert.Contains("3 bytes before the arena", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_SanitizedReadBehindTheArena_IsFound()
    {
        var diagnostic = Fail(new TinyModel("*(int32_t *)(void *)(arena + 32) += arena[TINY_ARENA_BYTES];"), Sanitized);

        Assert.Equal("MCU7012", diagnostic.Id);
        Assert.Contains("AddressSanitizer", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_SanitizedSignedOverflow_IsFound()
    {
        var diagnostic = Fail(
            new TinyModel("*(int32_t *)(void *)(arena + 32) += INT32_MAX; *(int32_t *)(void *)(arena + 32) += INT32_MAX;"),
            Sanitized
        );

        Assert.Contains("signed integer overflow", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_ReadOfUnwrittenArena_SeesOtherGarbageInEachCase()
    {
        using var model = new TinyModel("*(int32_t *)(void *)(arena + 32) = arena[60];");

        var run = HostCompiler.Run(model.Artifact, TinyModel.Cases(2)).Value;

        Assert.Equal(
            [BitConverter.GetBytes((int)RunnerFiles.Garbage(0)), BitConverter.GetBytes((int)RunnerFiles.Garbage(1))],
            run.Outputs.Select(o => o[0])
        );
        Assert.NotEqual(RunnerFiles.Garbage(0), RunnerFiles.Garbage(1));
    }

    [HostCompilerFact]
    public void Run_TwoArenas_GiveTheSame()
    {
        using var model = new TinyModel();

        var run = HostCompiler.Run(model.Artifact, TinyModel.Cases(2), new HostCOptions { TwoArenas = true }).Value;

        Assert.Equal(TinyModel.Cases(2).Select(TinyModel.Expected), run.Outputs.Select(o => o.ToArray()));
    }

    [HostCompilerFact]
    public void Run_StateOutsideOfTheArena_IsFoundByASecondArena()
    {
        const string functions = "static int32_t calls;";
        const string fault = "*(int32_t *)(void *)(arena + 32) += __atomic_fetch_add(&calls, 1, __ATOMIC_SEQ_CST);";

        var diagnostic = Fail(new TinyModel(fault, functions: functions), new HostCOptions { TwoArenas = true });

        Assert.Equal("MCU7012", diagnostic.Id);
        Assert.Contains("a second arena", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_RowOutOfRange_IsReported()
    {
        var diagnostic = Fail(new TinyModel("source(context, 4, arena + 20);", streamed: true));

        Assert.Equal("MCU7012", diagnostic.Id);
        Assert.Contains("input row 4", diagnostic.Message, StringComparison.Ordinal);
    }

    [HostCompilerFact]
    public void Run_Endless_TimesOut()
    {
        var diagnostic = Fail(
            new TinyModel("for (volatile int i = 0; i < 1;) { }"),
            new HostCOptions { TimeLimit = TimeSpan.FromSeconds(2) }
        );

        Assert.Equal("MCU7014", diagnostic.Id);
    }

    [HostCompilerFact]
    public void Run_Cancelled_Throws()
    {
        using var model = new TinyModel();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            HostCompiler.Run(model.Artifact, TinyModel.Cases(1), cancellation: cancelled.Token)
        );
    }

    [Fact]
    public void Run_NoCompiler_NamesThePackage()
    {
        var diagnostic = Fail(new TinyModel(), new HostCOptions { Tools = new Toolbox("/nowhere") });

        Assert.Equal("MCU7010", diagnostic.Id);
        Assert.Contains("apt-get install gcc", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_InputOfWrongSize_Throws()
    {
        using var model = new TinyModel();

        Assert.Throws<ArgumentException>(() =>
            HostCompiler.Run(
                model.Artifact,
                [
                    [new byte[15], new byte[1]],
                ]
            )
        );
    }

    private static void AssertOutputs(bool streamed, HostCOptions options)
    {
        using var model = new TinyModel(streamed: streamed);
        var cases = TinyModel.Cases(5);

        var run = HostCompiler.Run(model.Artifact, cases, options).Value;

        Assert.Equal(cases.Select(TinyModel.Expected), run.Outputs.Select(o => o.ToArray()));
    }

    private static Diagnostic Fail(TinyModel model, HostCOptions? options = null)
    {
        using (model)
            return Assert.Single(HostCompiler.Run(model.Artifact, TinyModel.Cases(3), options).Diagnostics);
    }
}
