using System;
using System.Linq;
using System.Text;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Devices;

public sealed class DeviceReaderTests
{
    private const string Complete = """
        {
          "id": "board",
          "name": "Board",
          "vendor": "Us",
          "aliases": ["board-a"],
          "core": "cortex-m7",
          "features": ["dsp", "fpu-single", "hardware-divide", "long-multiply"],
          "clockHz": 100000000,
          "memory": [
            { "name": "RAM", "kind": "ram", "bytes": 65536, "address": "0x20000000", "uses": ["arena"], "access": "fast" },
            { "name": "Flash", "kind": "flash", "bytes": 262144, "address": "0x08000000", "uses": ["weights"], "access": "slow" }
          ],
          "reservations": { "sramBytes": 4096, "flashBytes": 0 },
          "cost": { "flashReadCyclesPerByte": 0 },
          "power": { "activeMicroampsPerMegahertz": 50, "supplyVolts": 3 },
          "sources": ["measured"]
        }
        """;

    [Fact]
    public void Read_Complete_GivesDeviceWithCoreDefaults()
    {
        var device = Read(Complete).Value;

        Assert.Equal("board", device.Id);
        Assert.Equal<string>(["board-a"], device.Aliases);
        Assert.Equal(65536, device.SramBytes);
        Assert.Equal(65536 - 4096, device.SramBudgetBytes);
        Assert.Equal(262144, device.FlashBytes);
        Assert.Equal<string>(["-mthumb", "-mcpu=cortex-m7", "-mfpu=fpv5-sp-d16", "-mfloat-abi=hard"], device.CompilerFlags);
        Assert.Equal((0.61, 0.61, null), (device.Cost.PortableScale, device.Cost.DspScale, device.Cost.MveScale));
        Assert.Equal("mps2-an500", device.QemuMachine);
        Assert.Equal(0x20010000, device.Memory[0].End);
    }

    [Fact]
    public void Read_Overrides_ReplaceCoreDefaults()
    {
        var device = Read(
            Replaced("\"sources\"", "\"compiler\": \"cc\", \"compilerFlags\": [\"-x\"], \"qemu\": { \"reason\": \"none\" }, \"sources\"")
                .Replace(
                    "\"flashReadCyclesPerByte\": 0",
                    "\"flashReadCyclesPerByte\": 2e-1, \"portableScale\": 0.7, \"dspScale\": 0.5",
                    StringComparison.Ordinal
                )
        ).Value;

        Assert.Equal("cc", device.Compiler);
        Assert.Equal<string>(["-x"], device.CompilerFlags);
        Assert.Equal((null, "none"), (device.QemuMachine, device.QemuReason));
        Assert.Equal((0.2, 0.7, 0.5), (device.Cost.FlashReadCyclesPerByte, device.Cost.PortableScale, device.Cost.DspScale));
    }

    [Fact]
    public void Read_ByteOrderMarkAndOmittedOptionals_Succeeds()
    {
        var text = Replaced("  \"aliases\": [\"board-a\"],\n", "")
            .Replace(
                "  \"power\": { \"activeMicroampsPerMegahertz\": 50, \"supplyVolts\": 3 },\n",
                "  \"power\": null,\n",
                StringComparison.Ordinal
            );

        var device = DeviceReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)], "d.json").Value;

        Assert.Empty(device.Aliases);
        Assert.Null(device.Power);
    }

    [Fact]
    public void Read_HalfSurrogatePair_PointsToText() =>
        AssertSingle("{ \"id\":\n \"\\uD800\" }", DiagnosticCatalog.DeviceFileNotJson, 2, 2, "not valid Unicode");

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{ \"id\": }", 1, 9)]
    [InlineData("{\n  \"id\": \"a\",\n}", 3, 1)]
    [InlineData("{} {}", 1, 4)]
    public void Read_NotJson_PointsToPlace(string text, int line, int column) =>
        AssertSingle(text, DiagnosticCatalog.DeviceFileNotJson, line, column, "d.json");

    [Fact]
    public void Read_UnknownProperty_NamesKnownOnes() =>
        AssertSingle(
            Replaced("\"bytes\": 65536", "\"bytes\": 65536, \"größe\": 1"),
            DiagnosticCatalog.DevicePropertyUnknown,
            10,
            53,
            "$.memory[0] has no property 'größe'. Its properties are name, kind, bytes, address, uses, access, timing."
        );

    private const string Timing = """
        , "timing": {
          "waitStates": [{ "upToHz": 64000000, "states": 1 }, { "upToHz": 100000000, "states": 3 }],
          "instructions": { "readBytes": 16, "prefetch": true, "cache": { "bytes": 1024, "lineBytes": 16, "ways": 64 } },
          "data": { "readBytes": 4, "extraWaitStates": 2 }
        }
        """;

    private static string Timed(string timing) =>
        Replaced("\"access\": \"slow\"", "\"access\": \"slow\"" + timing)
            .Replace("\"flashReadCyclesPerByte\": 0", "", StringComparison.Ordinal);

    [Fact]
    public void Read_Timing_GivesWaitStatesOfTheClock()
    {
        var timed = Timed(Timing);
        var fast = Read(timed).Value.FlashAccess!;
        Assert.Equal(new FlashPath(3, 16, true, new(1024, 16, 64)), fast.Instructions);
        Assert.Equal(new FlashPath(5, 4, false, null), fast.Data);
        Assert.Equal(
            1,
            Read(
                timed.Replace("\"clockHz\": 100000000", "\"clockHz\": 48000000", StringComparison.Ordinal)
            ).Value.FlashAccess!.Instructions.Waits
        );
        Assert.Null(Read(Replaced("\"slow\"", "\"fast\"")).Value.FlashAccess);
        Assert.Equal("ideal memory", Read(timed).Value.WithIdealMemory().MemoryText);
    }

    [Theory]
    [InlineData("\"upToHz\": 100000000", "\"upToHz\": 1000", "wait states are listed by rising clock")]
    [InlineData("\"lineBytes\": 16", "\"lineBytes\": 24", "a cache line of 24 bytes is not 1 to 32 reads of 16")]
    [InlineData("\"ways\": 64", "\"ways\": 65", "a cache of 1024 bytes is not made of sets of 65 lines of 16")]
    [InlineData("\"data\": { \"readBytes\": 4", "\"sharedCache\": true, \"data\": { \"readBytes\": 4", "")]
    public void Read_TimingThatDoesNotHold_SaysWhy(string from, string to, string problem)
    {
        var timed = Timed(Timing.Replace(from, to, StringComparison.Ordinal));
        var found = Read(timed).Diagnostics;
        if (problem.Length == 0)
            Assert.Empty(found);
        else
            Assert.Contains(problem, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownTopLevelProperty_IsFoundBesideOthers()
    {
        var diagnostics = Read(Replaced("\"clockHz\": 100000000", "\"clockMhz\": 100")).Diagnostics;

        Assert.Equal<string>(["MCU5004", "MCU5003"], diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void Read_MissingProperty_NamesOwner() =>
        AssertSingle(Replaced("  \"id\": \"board\",\n", ""), DiagnosticCatalog.DevicePropertyMissing, 1, 1, "$ lacks the property 'id'");

    [Theory]
    [InlineData("\"kind\": \"ram\", ", "$.memory[0] lacks the property 'kind'")]
    [InlineData("\"access\": \"slow\"", "$.memory[1] lacks the property 'access'")]
    [InlineData("\"sramBytes\": 4096, ", "$.reservations lacks the property 'sramBytes'")]
    [InlineData("\"flashReadCyclesPerByte\": 0", "$.cost lacks the property 'flashReadCyclesPerByte'")]
    [InlineData(", \"supplyVolts\": 3", "$.power lacks the property 'supplyVolts'")]
    public void Read_MissingNestedProperty_NamesPath(string removed, string message)
    {
        var text = Replaced(removed, "").Replace("[\"weights\"],  }", "[\"weights\"] }", StringComparison.Ordinal);

        var diagnostic = Assert.Single(Read(text).Diagnostics);

        Assert.Same(DiagnosticCatalog.DevicePropertyMissing, diagnostic.Descriptor);
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"clockHz\": 100000000", "\"clockHz\": \"fast\"", "$.clockHz is the text 'fast', but must be a whole number from 1")]
    [InlineData("\"clockHz\": 100000000", "\"clockHz\": 1.5", "$.clockHz is 1.5,")]
    [InlineData("\"bytes\": 65536", "\"bytes\": 0", "$.memory[0].bytes is 0, but must be a whole number from 1")]
    [InlineData("\"bytes\": 65536", "\"bytes\": -4", "$.memory[0].bytes is -4,")]
    [InlineData("\"bytes\": 65536", "\"bytes\": 99999999999999999999", "$.memory[0].bytes is 99999999999999999999,")]
    [InlineData("\"sramBytes\": 4096", "\"sramBytes\": null", "$.reservations.sramBytes is null,")]
    [InlineData(
        "\"kind\": \"ram\"",
        "\"kind\": \"sram\"",
        "$.memory[0].kind is the text 'sram', but must be kind of memory: one of ram, tcm, flash"
    )]
    [InlineData("\"uses\": [\"arena\"]", "\"uses\": \"arena\"", "$.memory[0].uses is the text 'arena', but must be an array")]
    [InlineData("\"dsp\",", "\"simd\",", "$.features[0] is the text 'simd', but must be what the core can execute: one of dsp,")]
    [InlineData("\"cortex-m7\"", "\"cortex-m9\"", "$.core is the text 'cortex-m9', but must be the processor core: one of cortex-m0,")]
    [InlineData("\"0x20000000\"", "\"20000000\"", "$.memory[0].address is the text '20000000', but must be a 32-bit address")]
    [InlineData("\"supplyVolts\": 3", "\"supplyVolts\": 1e999", "$.power.supplyVolts is 1e999,")]
    [InlineData("\"supplyVolts\": 3", "\"supplyVolts\": 0", "$.power.supplyVolts is 0, but must be a number above 0")]
    [InlineData("{ \"sramBytes\": 4096, \"flashBytes\": 0 }", "[]", "$.reservations is an array, but must be an object")]
    [InlineData("[\"measured\"]", "[\" \"]", "$.sources[0] is the text ' ', but must be a text")]
    [InlineData("[\"measured\"]", "[true]", "$.sources[0] is true,")]
    public void Read_UnusableValue_StatesValueAndExpectation(string good, string bad, string message)
    {
        var diagnostic = Assert.Single(Read(Replaced(good, bad)).Diagnostics);

        Assert.Same(DiagnosticCatalog.DeviceValueInvalid, diagnostic.Descriptor);
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "an array")]
    [InlineData("3", "3")]
    [InlineData("null", "null")]
    public void Read_RootIsNoObject_SaysSo(string text, string what) =>
        AssertSingle(text, DiagnosticCatalog.DeviceValueInvalid, 1, 1, $"$ is {what}, but must be an object.");

    [Fact]
    public void Read_DuplicateProperty_PointsToSecond() =>
        AssertSingle(
            Replaced("\"vendor\": \"Us\"", "\"vendor\": \"Us\", \"vendor\": \"Them\""),
            DiagnosticCatalog.DevicePropertyDuplicate,
            4,
            19,
            "$ has the property 'vendor' more than once."
        );

    [Theory]
    [InlineData("\"fpu-single\"", "\"fpu-double\"", "$.features: fpu-double needs fpu-single as well.")]
    [InlineData("\"fpu-single\"", "\"mve-integer\"", "$.features: no Cortex-M7 has mve-integer.")]
    [InlineData("\"dsp\", ", "", "$.features: every Cortex-M7 has dsp.")]
    [InlineData(
        "\"flashReadCyclesPerByte\": 0",
        "\"flashReadCyclesPerByte\": 0, \"mveScale\": 1",
        "$.cost: mveScale is given but the features lack mve-integer."
    )]
    [InlineData("\"0x08000000\"", "\"0x2000FFFF\"", "$.memory[1]: 'Flash' at 0x2000FFFF overlaps 'RAM', which ends at 0x20010000.")]
    [InlineData("\"0x08000000\"", "\"0xFFFFFFFF\"", "$.memory[1]: 'Flash' ends behind the 32-bit address space.")]
    [InlineData("[\"weights\"]", "[\"weights\", \"arena\"]", "$.memory[1]: 'Flash' is Flash and cannot hold an arena")]
    [InlineData("[\"arena\"]", "[]", "$.memory: there is no RAM that can hold an arena.")]
    [InlineData("[\"weights\"]", "[]", "$.memory: there is no flash that can hold weights.")]
    [InlineData("\"sramBytes\": 4096", "\"sramBytes\": 65536", "$.reservations: sramBytes is 65536, which leaves nothing of the 65536")]
    [InlineData("[\"measured\"]", "[]", "$.sources: the numbers need at least one source.")]
    [InlineData("\"sources\"", "\"qemu\": {}, \"sources\"", "$.qemu: without a machine there must be a reason")]
    [InlineData(
        "\"sources\"",
        "\"qemu\": { \"machine\": \"mps2-an38\" }, \"sources\"",
        "$.qemu: programs are not linked for the machine 'mps2-an38', only for microbit, mps2-an385"
    )]
    [InlineData("\"id\": \"board\"", "\"id\": \"Board/1\"", "$.id: 'Board/1' must consist of lower-case letters")]
    [InlineData("\"board-a\"", "\"Board-A\"", "$.aliases: 'Board-A' must be lower case")]
    public void Read_Contradiction_StatesBothSides(string good, string bad, string message)
    {
        var diagnostic = Assert.Single(Read(Replaced(good, bad)).Diagnostics);

        Assert.Same(DiagnosticCatalog.DeviceInconsistent, diagnostic.Descriptor);
        Assert.StartsWith(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, diagnostic.Location!.Line);
    }

    [Fact]
    public void Read_EveryPrefixOfAFile_FailsWithoutThrowing()
    {
        var bytes = Encoding.UTF8.GetBytes(Complete);

        Assert.All(Enumerable.Range(0, bytes.Length), n => Assert.False(DeviceReader.Read(bytes.AsSpan(0, n), "d.json").Succeeded));
    }

    [Fact]
    public void Read_RandomlyDamagedFile_NeverThrows()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Complete);
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = DeviceReader.Read(bytes, "d.json");
            Assert.True(result.Succeeded || result.Diagnostics.Length > 0);
        }
    }

    private static string Replaced(string part, string replacement)
    {
        Assert.Contains(part, Complete, StringComparison.Ordinal);
        return Complete.Replace(part, replacement, StringComparison.Ordinal);
    }

    private static StageResult<Device> Read(string text) => DeviceReader.Read(Encoding.UTF8.GetBytes(text), "d.json");

    private static void AssertSingle(string text, DiagnosticDescriptor descriptor, int line, int column, string message)
    {
        var diagnostic = Assert.Single(Read(text).Diagnostics);

        Assert.Same(descriptor, diagnostic.Descriptor);
        Assert.Equal(new SourceLocation("d.json", line, column), diagnostic.Location);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }
}
