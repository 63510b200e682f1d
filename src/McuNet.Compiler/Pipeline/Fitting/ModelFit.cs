using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Graph;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Pipeline.Fitting;

/// <summary>On which devices a model fits, and what would make it fit one. Every figure is that of a compilation.</summary>
public static class ModelFit
{
    /// <summary>A model on each of some devices.</summary>
    /// <param name="bytes">Of the model.</param>
    /// <param name="path">Of the model, for messages.</param>
    /// <param name="options">What a compilation for a device is asked for; the name, the input and the states are those of the
    /// first.</param>
    /// <param name="wanted">The device that is to be made to fit, one of <paramref name="devices"/>; null for none.</param>
    /// <returns>What keeps the model from being compiled at all as a failure; that it fits no device is none.</returns>
    public static StageResult<FitReport> Of(
        byte[] bytes,
        string path,
        ImmutableArray<Device> devices,
        Func<Device, CompileOptions> options,
        Device? wanted = null,
        CompilerTools? tools = null
    )
    {
        tools = (tools ?? new CompilerTools()) with { Fronts = new() };
        return ModelCompiler
            .Prepared(bytes, path, options(wanted ?? devices[0]), tools)
            .Then(network => Of(network, devices, options, wanted, tools));
    }

    /// <summary>The same of an integer network whose states are known.</summary>
    public static StageResult<FitReport> Of(
        NetworkGraph network,
        ImmutableArray<Device> devices,
        Func<Device, CompileOptions> options,
        Device? wanted = null,
        CompilerTools? tools = null
    )
    {
        var lent = (tools ?? new CompilerTools()) is { Fronts: null } bare ? bare with { Fronts = new() } : tools!;
        var rows = new StageResult<Compilation>[devices.Length];
        Parallel.For(
            0,
            rows.Length,
            d =>
                rows[d] = ModelCompiler
                    .Compile(network, options(devices[d]), lent)
                    .Then(c => StageResult<Compilation>.Success(Decided(c, lent.CrossCompiler)))
        );
        if (rows.FirstOrDefault(r => !r.Succeeded) is { } failed)
            return StageResult<FitReport>.Failure(failed.Diagnostics);
        var fits = rows.Select(r => new DeviceFit(r.Value.Options.Device, Requirements.Of(r.Value))).ToImmutableArray();
        var own = wanted is null ? null : fits.First(f => f.Device == wanted);
        var changes = own is null or { Needs.Fits: true } ? [] : new ChangeSearch(rows[fits.IndexOf(own)].Value, lent).All();
        return StageResult<FitReport>.Success(new(network, [.. Sorted(fits)], own, changes), rows[0].Diagnostics);
    }

    /// <summary>The network of a compilation on every device that is known and on its own, which has budgets that others have
    /// not.</summary>
    /// <returns>In the order of a report.</returns>
    public static ImmutableArray<DeviceFit> Everywhere(Compilation compilation, CompilerTools? tools = null)
    {
        var (options, own) = (compilation.Options, compilation.Options.Device);
        var lent = (tools ?? new CompilerTools()) with { Phases = Phases.Unobserved, Observe = null, Fronts = new() };
        var report = Of(
            compilation.Model.Network,
            [.. DeviceDatabase.All.Union([own])],
            d => d == own ? options : options.On(d),
            tools: lent
        );
        return report.ValueOrNull?.Devices ?? [];
    }

    /// <summary>The devices with the least SRAM that a model fits, in that order.</summary>
    /// <param name="compilation">For a device that it does not fit, which is left out.</param>
    /// <param name="count">Devices that are enough.</param>
    /// <param name="searches">Searches for schedules after which to give up.</param>
    /// <returns>Whether these are all, or as many as are enough.</returns>
    public static (ImmutableArray<DeviceFit> Found, bool IsComplete) First(
        Compilation compilation,
        int count,
        int searches,
        CompilerTools? tools = null
    )
    {
        var options = compilation.Options;
        var lent = (tools ?? new CompilerTools()) with { Phases = Phases.Unobserved, Fronts = new() };
        var found = ImmutableArray.CreateBuilder<DeviceFit>();
        foreach (
            var device in DeviceDatabase
                .All.Where(d => d.Id != options.Device.Id)
                .OrderBy(d => d.SramBytes)
                .ThenBy(d => d.FlashBytes)
                .ThenBy(d => d.Id, StringComparer.Ordinal)
        )
        {
            if (found.Count == count)
                break;
            var there = options.On(device);
            if (LeastRequirements.Exceed(compilation.Model.Network, there))
                continue;
            if (lent.Fronts.Searches >= searches)
                return (found.ToImmutable(), false);
            if (
                ModelCompiler.Compile(compilation.Model.Network, there, lent).ValueOrNull is { } other
                && Requirements.Of(Decided(other, lent.CrossCompiler)) is { Fits: true } needs
            )
                found.Add(new(device, needs));
        }
        return (found.ToImmutable(), true);
    }

    /// <summary>Measured where the estimate of its stack leaves open whether it fits.</summary>
    internal static Compilation Decided(Compilation compilation, ICrossCompiler? compiler) =>
        Math.Abs(compilation.Options.SramBudget - compilation.SramBytes) <= 2 * compilation.Footprint.Stack
            ? compilation.Measured(compiler)
            : compilation;

    private static IEnumerable<DeviceFit> Sorted(ImmutableArray<DeviceFit> fits) =>
        fits.OrderBy(f => f.Needs.Fits ? 0 : f.Needs.Share)
            .ThenBy(f => f.Device.SramBytes)
            .ThenBy(f => f.Device.FlashBytes)
            .ThenBy(f => f.Device.Id, StringComparer.Ordinal);
}
