using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline;

/// <summary>Raises every budget diagnostic, and shows that a budget just met raises none.</summary>
public sealed class BudgetCheckTests
{
    private static readonly NetworkGraph Network = Convolutions();

    [Fact]
    public void Check_WithoutBudgets_FindsNothing() => Assert.Empty(Check(new Budgets()));

    [Fact]
    public void Check_SramOneByteShort_NamesPeakAndWayOut()
    {
        var smallest = Need(new Budgets(SramBytes: 1));

        var found = Assert.Single(Check(new Budgets(SramBytes: smallest - 1)));

        Assert.Equal(DiagnosticCatalog.SramBudgetExceeded, found.Descriptor);
        Assert.Contains($"needs {smallest:N0} bytes of SRAM", found.Message, StringComparison.Ordinal);
        Assert.Contains($", 1 more than the {smallest - 1:N0} available on stm32l4r5", found.Message, StringComparison.Ordinal);
        Assert.Contains("The peak is at 'conv2d_", found.Message, StringComparison.Ordinal);
        Assert.Contains("With Input=\"rows\"", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_SramJustEnough_FindsNothing() => Assert.Empty(Check(new Budgets(SramBytes: Need(new Budgets(SramBytes: 1)))));

    [Fact]
    public void Check_FastestScheduleTooLarge_OffersTheOneThatFits()
    {
        var smallest = Need(new Budgets(SramBytes: 1));

        var found = Assert.Single(Check(new Budgets(SramBytes: smallest), Objective.Latency));

        Assert.Equal(DiagnosticCatalog.SramBudgetExceeded, found.Descriptor);
        Assert.Contains($"Optimize=\"fit\" finds a schedule of {smallest:N0} bytes that fits", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Flash_NamesTheHeaviestLayers()
    {
        var found = Assert.Single(Check(new Budgets(FlashBytes: 1000)));

        Assert.Equal(DiagnosticCatalog.FlashBudgetExceeded, found.Descriptor);
        Assert.Contains("more than the 1,000 available on stm32l4r5", found.Message, StringComparison.Ordinal);
        var sizes = Regex
            .Matches(found.Message, @"'\w+_[0-9]' \(([0-9,]+)\)")
            .Select(m => int.Parse(m.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(3, sizes.Length);
        Assert.Equal(sizes.OrderDescending(), sizes);
    }

    [Fact]
    public void Check_Latency_NamesTheSlowestLayersWithTheirShare()
    {
        var found = Assert.Single(Check(new Budgets(LatencyMs: 0.01)));

        Assert.Equal(DiagnosticCatalog.LatencyBudgetExceeded, found.Descriptor);
        Assert.Matches(
            @"takes about [0-9.]+ ms on stm32l4r5 at 120 MHz, [0-9.]+ ms more than the 0\.01 allowed\. Most cycles go to 'conv2d_[0-9]' \([0-9]+ %\), 'conv2d_",
            found.Message
        );
    }

    [Fact]
    public void Check_Energy_NamesTheSlowestLayersWithTheirShare()
    {
        var found = Assert.Single(Check(new Budgets(EnergyMj: 0.001)));

        Assert.Equal(DiagnosticCatalog.EnergyBudgetExceeded, found.Descriptor);
        Assert.Matches(
            @"takes about [0-9.]+ mJ on stm32l4r5, [0-9.]+ mJ more than the 0\.001 allowed\. Most cycles go to 'conv2d_[0-9]' \([0-9]+ %\), ",
            found.Message
        );
    }

    [Fact]
    public void Check_EnergyOfADeviceWithoutCurrent_SaysThatItCannotBeChecked()
    {
        var device = DeviceDatabase.Find("stm32l4r5").Value with { Power = null };

        var found = Assert.Single(Check(new Budgets(EnergyMj: 1000), device: device));

        Assert.Equal(DiagnosticCatalog.EnergyUnknown, found.Descriptor);
        Assert.Contains("stm32l4r5 states no supply current", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_TwoInputsAsRows_SaysWhyNot()
    {
        var builder = new NetworkBuilder(3);
        var (left, right) = (builder.Input(4, 4, 2), builder.Input(4, 4, 2));
        var graph = builder.Build(
            "pair",
            builder.Conv(left, 2, NetworkBuilder.Square(1)),
            builder.Conv(right, 2, NetworkBuilder.Square(1))
        );

        var result = ModelCompiler.Compile(graph, Options(new Budgets()) with { Input = InputMode.Rows });

        Assert.Equal(
            "'pair' cannot take its input row by row: it has 2 inputs. Use Input=\"resident\".",
            Assert.Single(result.Diagnostics).Message
        );
        Assert.Equal(DiagnosticCatalog.StreamedInputImpossible, result.Diagnostics[0].Descriptor);
    }

    [Fact]
    public void Passes_NetworkWithoutOutputs_RaiseGraphInvalid()
    {
        var broken = Network with { Outputs = [] };

        var found = Assert.IsType<Diagnostic>(GraphVerifier.Check(broken, "import"));

        Assert.Equal(DiagnosticCatalog.GraphInvalid, found.Descriptor);
        Assert.StartsWith("After import, network 'few' is not valid: it has no outputs.", found.Message, StringComparison.Ordinal);
    }

    private static long Need(Budgets budgets) => ModelCompiler.Compile(Network, Options(budgets)).Value.SramBytes;

    private static ImmutableArray<Diagnostic> Check(Budgets budgets, Objective objective = Objective.Fit, Device? device = null)
    {
        var options = Options(budgets) with { Objective = objective };
        return BudgetCheck.Run(ModelCompiler.Compile(Network, options with { Device = device ?? options.Device }).Value);
    }

    private static CompileOptions Options(Budgets budgets) =>
        new()
        {
            Name = "net",
            Device = DeviceDatabase.Find("stm32l4r5").Value,
            Budgets = budgets,
        };

    private static NetworkGraph Convolutions()
    {
        var builder = new NetworkBuilder(7);
        var narrow = builder.Conv(builder.Input(24, 24, 3), 8, NetworkBuilder.Square(3));
        var wide = builder.Conv(builder.Conv(narrow, 24, NetworkBuilder.Square(1)), 24, NetworkBuilder.Square(3, stride: 2));
        return builder.Build("few", builder.Dense(builder.Conv(wide, 4, NetworkBuilder.Square(3, stride: 2)), 4));
    }
}
