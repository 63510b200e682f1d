using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using McuNet.Compiler.Text;
using McuNet.Diagnostics;

namespace McuNet.Compiler.Devices;

/// <summary>
/// Turns the JSON of a device file into a <see cref="Device"/>. The file's form is described in docs/adding-a-device.md.
/// </summary>
public static class DeviceReader
{
    private static readonly (string Word, DeviceFeatures Value)[] FeatureWords =
    [
        ("dsp", DeviceFeatures.Dsp),
        ("fpu-single", DeviceFeatures.FpuSingle),
        ("fpu-double", DeviceFeatures.FpuDouble),
        ("mve-integer", DeviceFeatures.MveInteger),
        ("mve-float", DeviceFeatures.MveFloat),
        ("hardware-divide", DeviceFeatures.HardwareDivide),
        ("long-multiply", DeviceFeatures.LongMultiply),
        ("data-cache", DeviceFeatures.DataCache),
        ("instruction-cache", DeviceFeatures.InstructionCache),
    ];

    private static readonly (string Word, MemoryKind Value)[] KindWords =
    [
        ("ram", MemoryKind.Ram),
        ("tcm", MemoryKind.Tcm),
        ("flash", MemoryKind.Flash),
        ("external-ram", MemoryKind.ExternalRam),
        ("external-flash", MemoryKind.ExternalFlash),
    ];

    private static readonly (string Word, MemoryUses Value)[] UseWords = [("arena", MemoryUses.Arena), ("weights", MemoryUses.Weights)];

    /// <summary>The words that stand for features in a device file and in tables.</summary>
    public static IEnumerable<string> Words(DeviceFeatures features) =>
        FeatureWords.Where(w => features.HasFlag(w.Value)).Select(w => w.Word);

    /// <summary>The words that stand for uses of memory in a device file and in tables.</summary>
    public static IEnumerable<string> Words(MemoryUses uses) => UseWords.Where(w => uses.HasFlag(w.Value)).Select(w => w.Word);

    /// <summary>The word that stands for a kind of memory in a device file and in tables.</summary>
    public static string Word(MemoryKind kind) => KindWords.First(w => w.Value == kind).Word;

    /// <summary>
    /// Reads a device. Errors: MCU5002 not JSON, MCU5003 unknown, MCU5004 missing, MCU5007 duplicate property, MCU5005 unusable
    /// value, MCU5006 contradiction, all with <paramref name="sourceName"/>, line and column.
    /// </summary>
    public static StageResult<Device> Read(ReadOnlySpan<byte> utf8Json, string sourceName) =>
        JsonFile.Read(
            utf8Json,
            sourceName,
            DiagnosticCatalog.DeviceFileNotJson,
            (root, findings) =>
            {
                var device = Root(root, findings);
                if (device is not null && !findings.Any)
                    DeviceRules.Check(device, root, findings);
                return device;
            }
        );

    private static Device? Root(LocatedValue root, FileFindings findings)
    {
        var fields = new ObjectFields(root, findings);
        var id = fields.Text("id", "lower case, without vendor");
        var name = fields.Text("name", "the part as its maker spells it");
        var vendor = fields.Text("vendor", "the maker");
        var aliases = fields.OptionalTexts("aliases", "other names of the device, lower case") ?? [];
        var core = ReadCore(fields);
        var features = Flags(fields, "features", "what the core can execute", FeatureWords);
        var clockHz = fields.Whole("clockHz", "core clock in hertz", 1);
        var memoryValue = fields.Required("memory", "an array of memory regions");
        var memory = fields.Items(memoryValue, "an array of memory regions").Select(r => Region(r, findings)).ToImmutableArray();
        var reservations = Nested(
            fields.Required("reservations", "memory of the rest of the firmware"),
            findings,
            f => new Reservations(
                f.Whole("sramBytes", "bytes of RAM for data and stack of the rest of the firmware", 0),
                f.Whole("flashBytes", "bytes of flash for the rest of the firmware", 0)
            )
        );
        var compiler = fields.OptionalText("compiler", "compiler driver");
        var flags = fields.OptionalTexts("compilerFlags", "flags that select core and FPU");
        var cost = fields.Required("cost", "cycle cost factors");
        var power = Nested(
            fields.Optional("power"),
            findings,
            f => new PowerModel
            {
                ActiveMicroampsPerMegahertz = f.Real(
                    "activeMicroampsPerMegahertz",
                    "supply current of the running core",
                    zeroAllowed: false
                ),
                SupplyVolts = f.Real("supplyVolts", "supply voltage", zeroAllowed: false),
            }
        );
        var qemu = Nested(
            fields.Optional("qemu"),
            findings,
            f => new QemuTarget
            {
                Machine = f.OptionalText("machine", "machine of qemu-system-arm"),
                LargeMachine = f.OptionalText("largeMachine", "machine with more memory"),
                Reason = f.OptionalText("reason", "why there is no machine or how it differs"),
            }
        );
        var sources = fields.Texts("sources", "documents and the numbers taken from each");
        fields.Close();

        var costModel = Nested(
            cost,
            findings,
            f => Cost(f, core, features, memory.Any(r => r is { Timing: not null } && r.Uses.HasFlag(MemoryUses.Weights)))
        );
        if (core is null || reservations is null || costModel is null)
            return null;
        return new()
        {
            Id = id,
            Name = name,
            Vendor = vendor,
            Aliases = aliases,
            Core = core,
            Features = features,
            ClockHz = clockHz,
            Memory = memory,
            Reservations = reservations,
            Compiler = compiler ?? core.Compiler,
            CompilerFlags = flags ?? CompilerOptions.For(core, features),
            Cost = costModel,
            Power = power,
            Qemu = qemu ?? core.Qemu,
            Sources = sources,
        };
    }

    private static Core? ReadCore(ObjectFields fields)
    {
        var found = fields.Required("core", "the processor core");
        if (found is null)
            return null;
        var core = found.Kind == JsonValueKind.String ? CoreTable.Find(found.Text) : null;
        if (core is null)
            fields.Invalid(found, $"the processor core: one of {string.Join(", ", CoreTable.All.Select(c => c.Id))}");
        return core;
    }

    private static CostModel Cost(ObjectFields fields, Core? core, DeviceFeatures features, bool timed)
    {
        var portable = fields.OptionalReal("portableScale", "cycles of portable kernels relative to Cortex-M4");
        var dsp = fields.OptionalReal("dspScale", "cycles of DSP kernels relative to Cortex-M4");
        var mve = fields.OptionalReal("mveScale", "cycles of MVE kernels relative to DSP kernels on Cortex-M4");
        return new()
        {
            PortableScale = portable ?? core?.PortableScale ?? 1,
            DspScale = dsp ?? (features.HasFlag(DeviceFeatures.Dsp) ? core?.DspScale : null),
            MveScale = mve ?? (features.HasFlag(DeviceFeatures.MveInteger) ? core?.MveScale : null),
            FlashReadCyclesPerByte = timed
                ? 0
                : fields.Real("flashReadCyclesPerByte", "extra cycles per byte of weights read", zeroAllowed: true),
        };
    }

    private static MemoryRegion Region(LocatedValue value, FileFindings findings) =>
        Nested(
            value,
            findings,
            f => new MemoryRegion
            {
                Name = f.Text("name", "the data sheet's name of the region"),
                Kind = f.Word(f.Required("kind", "kind of memory"), "kind of memory", KindWords),
                Bytes = f.Whole("bytes", "size in bytes", 1),
                Address = Address(f),
                Uses = Flags(f, "uses", "what the region may hold", UseWords),
                Access = f.Text("access", "wait states, caching, restrictions"),
                Timing = Nested(f.Optional("timing"), findings, t => Timing(t, findings)),
            }
        )!;

    private static MemoryTiming Timing(ObjectFields fields, FileFindings findings) =>
        new()
        {
            WaitStates =
            [
                .. fields
                    .Items(fields.Required("waitStates", "wait states by clock"), "wait states by clock")
                    .Select(w =>
                        Nested(
                            w,
                            findings,
                            f => new WaitStates(
                                f.Whole("upToHz", "highest clock of the core with so many", 1),
                                (int)f.Whole("states", "wait states of a read", 0)
                            )
                        )!
                    ),
            ],
            Instructions = Path(fields.Required("instructions", "how instructions are read"), findings)!,
            Data = Path(fields.Required("data", "how constants are read"), findings)!,
            SharedCache = fields.OptionalFlag("sharedCache", "whether data go through the cache of instructions"),
        };

    private static MemoryPath? Path(LocatedValue? value, FileFindings findings) =>
        Nested(
            value,
            findings,
            f => new MemoryPath
            {
                ReadBytes = (int)f.Whole("readBytes", "bytes that one read fetches", 1),
                ExtraWaitStates = (int)(f.OptionalWhole("extraWaitStates", "cycles of a read beyond its wait states", 0) ?? 0),
                Prefetch = f.OptionalFlag("prefetch", "whether what follows is fetched ahead"),
                Cache = Nested(
                    f.Optional("cache"),
                    findings,
                    c => new MemoryCache(
                        (int)c.Whole("bytes", "size in bytes", 1),
                        (int)c.Whole("lineBytes", "bytes of a line", 1),
                        (int)c.Whole("ways", "lines of a set", 1)
                    )
                ),
            }
        );

    private static long? Address(ObjectFields fields)
    {
        var found = fields.Optional("address");
        if (found is null)
            return null;
        if (
            found.Kind == JsonValueKind.String
            && found.Text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(found.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
        )
            return address;
        fields.Invalid(found, "a 32-bit address such as \"0x20000000\"");
        return null;
    }

    private static T Flags<T>(ObjectFields fields, string name, string meaning, IReadOnlyList<(string Word, T Value)> table)
        where T : struct, Enum
    {
        var sum = 0;
        foreach (var item in fields.Items(fields.Required(name, meaning), meaning))
            sum |= Convert.ToInt32(fields.Word(item, meaning, table), CultureInfo.InvariantCulture);
        return (T)Enum.ToObject(typeof(T), sum);
    }

    private static T? Nested<T>(LocatedValue? value, FileFindings findings, Func<ObjectFields, T> read)
        where T : class
    {
        if (value is null)
            return null;
        var fields = new ObjectFields(value, findings);
        var result = read(fields);
        fields.Close();
        return result;
    }
}
