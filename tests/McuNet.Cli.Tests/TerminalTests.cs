using System;
using System.Collections.Generic;
using System.IO;
using McuNet.Tests;
using Xunit;

namespace McuNet.Cli.Tests;

/// <summary>A test that runs a program on a terminal, which script(1) of Linux makes; skipped, visibly, without.</summary>
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute() =>
        Skip = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script") ? null : "there is no /usr/bin/script of Linux";
}

public sealed class TerminalTests
{
    private const string Escape = "\u001b[";

    [TerminalFact]
    public void Devices_OnATerminal_HasAHeaderInBold() =>
        Assert.Contains(Escape + "1mdevice", OnTerminal("devices", "xterm-256color"), StringComparison.Ordinal);

    [TerminalFact]
    public void Devices_OnATerminalThatOnlyPrints_IsPlain() =>
        Assert.DoesNotContain(Escape + "1m", OnTerminal("devices", "dumb"), StringComparison.Ordinal);

    [TerminalFact]
    public void Fit_NoColor_HasNoColours()
    {
        var model = Path.Combine(Workspace.Repository, "samples", "digits", "digits.onnx");

        Assert.Contains(Escape + "38;5;2myes", OnTerminal($"fit \"{model}\"", "xterm-256color"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Escape + "38;",
            OnTerminal($"fit \"{model}\"", "xterm-256color", ("NO_COLOR", "1")),
            StringComparison.Ordinal
        );
    }

    [TerminalFact]
    public void Devices_StandardOutputInAPipe_IsPlain() =>
        Assert.DoesNotContain(Escape + "1m", OnTerminal("devices", "xterm-256color", pipe: " | cat"), StringComparison.Ordinal);

    private static string OnTerminal(string arguments, string kind, (string Name, string Value)? variable = null, string pipe = "")
    {
        var environment = new Dictionary<string, string?> { ["TERM"] = kind, ["NO_COLOR"] = null };
        if (variable is { } given)
            environment[given.Name] = given.Value;
        var tool = Path.Combine(AppContext.BaseDirectory, "mcunet.dll");
        return ProgramRun.Good("script", ["-qec", $"dotnet \"{tool}\" {arguments}{pipe}", "/dev/null"], environment: environment).Output;
    }
}
