using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Operators;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Pipeline.Fitting;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Networks;
using McuNet.Compiler.Tests.Operators;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Pipeline.Fitting;

/// <summary>Every figure of a report is that of a compilation, and every change that is said to fit does.</summary>
public sealed class ModelFitTests
{
    private static readonly NetworkGraph Network = Blocks();

    [Fact]
    public void Of_EveryDevice_IsWhatACompilationForItGives()
    {
        var report = ModelFit.Of(Network, DeviceDatabase.All, d => Options(d)).Value;

        Assert.Equal(
            DeviceDatabase.All.Select(d => d.Id).Order(StringComparer.Ordinal),
            report.Devices.Select(f => f.Device.Id).Order(StringComparer.Ordinal)
        );
        Assert.All(report.Devices, f => Assert.Equal(Requirements.Of(ModelCompiler.Compile(Network, Options(f.Device)).Value), f.Needs));
    }

    [Fact]
    public void Of_Devices_ThatItFitsComeFirstByTheirSram()
    {
        var fits = ModelFit.Of(Network, DeviceDatabase.All, d => Options(d) with { Budgets = new(LatencyMs: 60) }).Value.Devices;

        var count = fits.Count(f => f.Needs.Fits);
        Assert.InRange(count, 1, fits.Length - 1);
        Assert.All(fits[..count], f => Assert.True(f.Needs.Fits && f.Needs.LatencyMs.Used <= 60));
        Assert.Equal(fits[..count].Select(f => f.Device.SramBytes).Order(), fits[..count].Select(f => f.Device.SramBytes));
        Assert.Equal(fits[count..].Select(f => f.Needs.Share).Order(), fits[count..].Select(f => f.Needs.Share));
        Assert.All(fits[count..], f => Assert.True(f.Needs.Share > 1));
    }

    [Fact]
    public void Of_LimitOfEnergyOnADeviceWithoutCurrent_DoesNotFit()
    {
        var device = DeviceDatabase.Find("corstone300").Value;

        var needs = ModelFit.Of(Network, [device], d => Options(d) with { Budgets = new(EnergyMj: 1e6) }).Value.Devices[0].Needs;

        Assert.True(needs is { Fits: false, IsEnergyUnknown: true, EnergyMj: null });
    }

    /// <param name="sram">Percent of what the smallest schedule needs.</param>
    /// <param name="flash">Percent of what the smallest kernels need.</param>
    [Theory]
    [InlineData(80, 200)]
    [InlineData(60, 200)]
    [InlineData(200, 85)]
    [InlineData(80, 85)]
    public void Of_BudgetsThatDoNotHold_ChangesThatFitDoSoWhenCompiled(int sram, int flash)
    {
        var options = Short(sram, flash);

        var report = ModelFit.Of(Network, [options.Device], _ => options, options.Device).Value;

        Assert.False(report.Wanted!.Needs.Fits);
        Assert.All(report.Changes, c => Assert.Equal(c.WhyNot is null, c.Needs is not null));
        Assert.All(report.Changes.Where(c => c.Needs is not null), c => Assert.Equal(c.Needs, Compiled(Network, options, c.Change)));
        Assert.Contains(report.Changes, c => c is { Needs.Fits: true });
    }

    /// <summary>With a little more of either the model does not fit any more.</summary>
    [Fact]
    public void Of_SmallerInputAndFewerChannels_AreTheMostThatFit()
    {
        var options = Short(sram: 70, flash: 200);

        var changes = ModelFit.Of(Network, [options.Device], _ => options, options.Device).Value.Changes;

        var input = Assert.Single(changes.Select(c => c.Change).OfType<SmallerInput>());
        var channels = Assert.Single(changes.Select(c => c.Change).OfType<FewerChannels>());
        Assert.False(Compiled(Network, options, new SmallerInput(input.Height + 4, input.Width + 4)).Fits);
        Assert.False(Compiled(Network, options, new FewerChannels(channels.Factor + 0.05)).Fits);
    }

    [SharedTheory]
    [InlineData("mlperf_vww_int8", "nrf52840", 16_384)]
    [InlineData("mlperf_kws_dscnn_int8", "stm32f103", 5_000)]
    public void Of_RealModel_ChangesThatFitDoSoWhenCompiled(string model, string id, int sram)
    {
        var device = DeviceDatabase.Find(id).Value;
        var options = Options(device) with { Budgets = new(sram) };
        var network = ModelCompiler.Network(File.ReadAllBytes(Shared.Path("models", "onnx", model + ".onnx")), model, model).Value;

        var report = ModelFit.Of(network, [device], _ => options, device).Value;

        Assert.All(report.Changes.Where(c => c.Needs is { Fits: true }), c => Assert.Equal(c.Needs, Compiled(network, options, c.Change)));
        Assert.Contains(report.Changes, c => c is { Change: SmallerInput, Needs.Fits: true });
    }

    /// <summary>Neither rows nor weights elsewhere are enough by themselves where both memories are far too small.</summary>
    [SharedFact]
    public void Of_BothMemoriesTooSmall_TwoChangesTogetherFit()
    {
        var device = DeviceDatabase.Find("stm32f103").Value;
        var network = ModelCompiler.Network(File.ReadAllBytes(Shared.Path("models", "onnx", "mlperf_vww_int8.onnx")), "vww", "vww").Value;

        var changes = ModelFit.Of(network, [device], d => Options(d), device).Value.Changes;

        Assert.All(changes.Where(c => c.Change is not BothChanges), c => Assert.False(c.Needs?.Fits ?? false));
        Assert.Contains(changes, c => c.Change is BothChanges { Second: WeightsElsewhere });
        Assert.All(
            changes.Where(c => c.Change is BothChanges),
            c => Assert.True(c.Needs == Compiled(network, Options(device), c.Change) && c.Needs!.Fits)
        );
    }

    [Fact]
    public void Of_DeviceThatItFits_HasNoChanges()
    {
        var device = DeviceDatabase.Find("nrf52840").Value;

        var report = ModelFit.Of(Network, [device], d => Options(d), device).Value;

        Assert.True(report.Wanted!.Needs.Fits);
        Assert.Empty(report.Changes);
    }

    /// <summary>The error names the first lines of the report, without the device that it is about.</summary>
    [Fact]
    public void Error_ModelThatDoesNotFit_NamesTheFirstDevicesOfTheReport()
    {
        var options = Short(sram: 80, flash: 200);
        var first = ModelFit
            .Of(Network, DeviceDatabase.All, d => Options(d))
            .Value.Devices.Where(f => f.Needs.Fits && f.Device != options.Device)
            .Take(3)
            .ToArray();

        var error = Assert.Single(BudgetCheck.Run(ModelCompiler.Compile(Network, options).Value));

        Assert.Equal(DiagnosticCatalog.SramBudgetExceeded, error.Descriptor);
        Assert.Contains(
            "It fits "
                + string.Join(
                    ", ",
                    first.Select(f =>
                        FormattableString.Invariant(
                            $"{f.Device.Id} ({f.Needs.Sram.Used:N0} of {f.Device.SramBudgetBytes:N0} bytes of SRAM, {f.Needs.LatencyMs.Used:0.##} ms)"
                        )
                    )
                )
                + ";",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Error_ModelThatFitsNowhere_SaysSo()
    {
        var error = BudgetCheck.Run(
            ModelCompiler.Compile(Network, Short(sram: 200, flash: 200) with { Budgets = new(LatencyMs: 0.001) }).Value
        )[0];

        Assert.Equal(DiagnosticCatalog.LatencyBudgetExceeded, error.Descriptor);
        Assert.EndsWith(
            "It fits none of the other devices as it is; 'mcunet fit' lists all devices and computes what would make it fit this one.",
            error.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>What is said to be impossible without a compilation is so with one.</summary>
    [Theory]
    [InlineData(3_000, null, null)]
    [InlineData(null, 1_000, null)]
    [InlineData(null, null, 0.5)]
    public void LeastRequirements_WhereTheyExceed_NoDeviceFits(int? sram, int? flash, double? latency)
    {
        var exceeding = DeviceDatabase
            .All.Select(d => Options(d) with { Budgets = new(sram, flash, latency) })
            .Where(o => LeastRequirements.Exceed(Network, o))
            .ToArray();

        Assert.NotEmpty(exceeding);
        Assert.All(exceeding, o => Assert.False(Requirements.Of(ModelCompiler.Compile(Network, o).Value).Fits));
        Assert.DoesNotContain(DeviceDatabase.All, d => LeastRequirements.Exceed(Network, Options(d)));
    }

    /// <summary>Weights of 4 bits, real ones kept as integers of 4 bits, and two layers with the same: none takes its bytes in the
    /// network.</summary>
    [Theory]
    [InlineData("narrow")]
    [InlineData("compact")]
    [InlineData("twice")]
    public void LeastRequirements_OfSmallWeights_AreNoMoreThanACompilationTakes(string weights)
    {
        var options = Options(DeviceDatabase.Find("stm32l4r5").Value);
        var network = Weighted(weights);
        var flash = ModelCompiler.Compile(network, options).Value.Footprint.Flash;

        Assert.False(LeastRequirements.Exceed(network, options with { Budgets = new(FlashBytes: flash) }));
        Assert.True(LeastRequirements.Exceed(network, options with { Budgets = new(FlashBytes: 30_000) }));
    }

    [Fact]
    public void First_FewSearches_SaysThatThereMayBeMore()
    {
        var compilation = ModelCompiler.Compile(Network, Short(sram: 80, flash: 200)).Value;

        Assert.Equal(
            (1, false),
            (ModelFit.First(compilation, count: 3, searches: 1).Found.Length, ModelFit.First(compilation, count: 3, searches: 1).IsComplete)
        );
        Assert.Equal(
            (3, true),
            (
                ModelFit.First(compilation, count: 3, searches: 16).Found.Length,
                ModelFit.First(compilation, count: 3, searches: 16).IsComplete
            )
        );
    }

    /// <summary>What a firmware needs it needs on every device, unlike a budget of bytes.</summary>
    [Fact]
    public void First_BudgetsAndReserves_OtherDevicesHaveTheReservesAlone()
    {
        var options = Short(sram: 80, flash: 200);
        options = options with { Budgets = options.Budgets with { ReserveSramBytes = 5_000, ReserveFlashBytes = 7_000 } };

        var found = ModelFit.First(ModelCompiler.Compile(Network, options).Value, count: 3, searches: 16).Found;

        Assert.Equal(3, found.Length);
        Assert.All(
            found,
            f => Assert.Equal((f.Device.SramBytes - 5_000.0, f.Device.FlashBytes - 7_000.0), (f.Needs.Sram.Limit, f.Needs.Flash.Limit))
        );
    }

    [Fact]
    public void Use_Figures_AreShareAndMargin()
    {
        Assert.Equal((25, 0.75, true), (new Use(75, 100).Margin, new Use(75, 100).Share, new Use(75, 100).Holds));
        Assert.Equal((-20.0, 1.2, false), (new Use(120, 100).Margin, new Use(120, 100).Share, new Use(120, 100).Holds));
        Assert.Equal((null, 0.0, true), (new Use(5, null).Margin, new Use(5, null).Share, new Use(5, null).Holds));
    }

    /// <summary>The changed network, compiled as a user would.</summary>
    private static Requirements Compiled(NetworkGraph network, CompileOptions options, ModelChange change)
    {
        if (change is BothChanges { First: StreamedInput first } both)
            return Compiled(network, options with { Input = InputMode.Rows, InputPasses = first.Passes }, both.Second);
        var (graph, changed) = change switch
        {
            StreamedInput stream => (network, options with { Input = InputMode.Rows, InputPasses = stream.Passes }),
            ColumnBands => (network, options with { Objective = Objective.Memory }),
            SmallerKernels kernels => (network, options with { KernelSet = kernels.Set }),
            WeightsElsewhere => (network, options with { WeightStorage = WeightStorage.Blob }),
            SmallerInput input => (ScaledInput.Of(network, input.Height, input.Width).Graph!, options),
            FewerChannels channels => (ScaledChannels.Of(network, channels.Factor).Graph!, options),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "a change that no test knows"),
        };
        var needs = Requirements.Of(ModelCompiler.Compile(graph, changed).Value);
        return change is WeightsElsewhere ? needs with { Flash = needs.Flash with { Used = needs.Footprint.Code } } : needs;
    }

    private static CompileOptions Short(int sram, int flash)
    {
        var all = Options(DeviceDatabase.Find("stm32l4r5").Value);
        return all with
        {
            Budgets = new(Least(Objective.Memory, n => n.Sram) * sram / 100, Least(Objective.Fit, n => n.Flash) * flash / 100),
        };

        long Least(Objective objective, Func<Requirements, Use> use) =>
            Enum.GetValues<KernelSet>()
                .Min(set =>
                    (long)
                        use(Requirements.Of(ModelCompiler.Compile(Network, all with { Objective = objective, KernelSet = set }).Value)).Used
                );
    }

    private static CompileOptions Options(Device device) => new() { Name = "net", Device = device };

    /// <summary>With a layer of 256 times 256 weights, or two.</summary>
    private static NetworkGraph Weighted(string weights)
    {
        var net = new NetworkBuilder(3);
        if (weights == "compact")
        {
            var reals = new TensorType(new(1, 1, 256), ElementType.Float32);
            return net.Build(
                "net",
                net.Apply(new Dense { Weights = CompactWeights.Of(new Random(1), 4, [256, 256]) }, reals, net.Input(reals))
            );
        }
        var network = net.Build("net", net.Dense(net.Input(1, 1, 256), 256));
        if (weights == "narrow")
            return NarrowNetwork.Of(network);
        var (first, input) = (network.Nodes[0], network.Inputs[0]);
        var second = new Tensor(new(2), "second", network[first.Output].Type);
        return network with
        {
            Tensors = network.Tensors.Add(second),
            Nodes = network.Nodes.Add(new(new(1), "second", first.Operator, [input.Tensor], second.Id)),
            Outputs = network.Outputs.Add(network.Outputs[0] with { Name = "second", Tensor = second.Id }),
        };
    }

    private static NetworkGraph Blocks()
    {
        var builder = new NetworkBuilder(5);
        var stem = builder.Conv(builder.Input(32, 32, 3), 16, NetworkBuilder.Square(3, stride: 2));
        var block = builder.Conv(builder.Depthwise(stem, NetworkBuilder.Square(3)), 16, NetworkBuilder.Square(1));
        var wide = builder.Conv(
            builder.Depthwise(builder.Apply(new Add(), block, stem), NetworkBuilder.Square(3, stride: 2)),
            32,
            NetworkBuilder.Square(1)
        );
        return builder.Build("blocks", builder.Dense(builder.Apply(new Mean { OverHeight = true, OverWidth = true }, wide), 10));
    }
}
