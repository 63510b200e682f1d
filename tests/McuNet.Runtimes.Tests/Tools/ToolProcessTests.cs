using System;
using System.Collections.Generic;
using System.Threading;
using McuNet.Runtimes.Tools;
using McuNet.Tests;
using Xunit;

namespace McuNet.Runtimes.Tests.Tools;

public sealed class ToolProcessTests
{
    [UnixFact]
    public void Run_Program_GivesExitCodeOutputsInputAndVariables()
    {
        var tool = Shell("read word; echo $word $MCUNET_ONE ${HOME-none}; echo wrong >&2; exit 3") with
        {
            Environment = new Dictionary<string, string?> { ["MCUNET_ONE"] = "1", ["HOME"] = null },
        };

        var outcome = tool.Run(input: "given\n");

        Assert.Equal(new ToolOutcome(3, "given 1 none\n", "wrong\n", RanPast: null), outcome);
        Assert.False(outcome.Succeeded);
        Assert.Equal("wrong\ngiven 1 none", outcome.Messages());
    }

    [UnixFact]
    public void Run_InputThatNobodyReads_IsNoFault() => Assert.True(Shell("exit 0").Run(input: new string('x', 1 << 20)).Succeeded);

    [UnixFact]
    public void Run_EndlessWithChildren_IsStoppedAndSaysAfterHowLong()
    {
        var outcome = (Shell("sleep 600 & wait") with { TimeLimit = TimeSpan.FromSeconds(0.3) }).Run();

        Assert.False(outcome.Succeeded);
        Assert.InRange(outcome.RanPast!.Value, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(3));
        Assert.Matches("^ran longer than [1-3] s and was stopped$", outcome.Messages());
    }

    [UnixFact]
    public void Run_LongerThanTheLimitOnASlowMachine_IsWaitedFor()
    {
        var before = Environment.GetEnvironmentVariable(MachineSpeed.Variable);
        try
        {
            Environment.SetEnvironmentVariable(MachineSpeed.Variable, "10");

            var outcome = (Shell("sleep 0.8; echo done") with { TimeLimit = TimeSpan.FromSeconds(0.6) }).Run();

            Assert.Equal(new ToolOutcome(0, "done\n", "", RanPast: null), outcome);
        }
        finally
        {
            Environment.SetEnvironmentVariable(MachineSpeed.Variable, before);
        }
    }

    /// <summary>What a program leaves running may hold its output open; the wait for that has an end too.</summary>
    [UnixFact]
    public void Run_OutputHeldOpenByWhatItLeft_EndsAtTheLimit()
    {
        var outcome = (Shell("sleep 20 & exit 0") with { TimeLimit = TimeSpan.FromSeconds(0.3) }).Run();

        Assert.NotNull(outcome.RanPast);
    }

    [UnixFact]
    public void Run_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));

        Assert.ThrowsAny<OperationCanceledException>(() => Shell("sleep 600").Run(cancellation.Token));
    }

    private static ToolProcess Shell(string script) => new("/bin/sh", ["-c", script], "/", TimeSpan.FromMinutes(1));
}
