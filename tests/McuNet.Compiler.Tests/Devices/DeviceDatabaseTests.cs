using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Devices;

public sealed class DeviceDatabaseTests
{
    public static TheoryData<string> Ids => [.. DeviceDatabase.All.Select(d => d.Id)];

    [Fact]
    public void All_EmbeddedManifests_AreThoseOfTheSourceTree()
    {
        var folder = Path.Combine(RepositoryFolder.Root, "src", "McuNet.Compiler", "Devices", "Manifests");
        var files = Directory.GetFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(files, DeviceDatabase.All.Select(d => d.Id));
    }

    [Theory]
    [InlineData("nrf52832"), InlineData("nrf52840"), InlineData("nrf5340"), InlineData("nrf54l15")]
    [InlineData("stm32f103"), InlineData("stm32f411"), InlineData("stm32f412"), InlineData("stm32f429"), InlineData("stm32f446")]
    [InlineData("stm32f746"), InlineData("stm32f769"), InlineData("stm32g0b1"), InlineData("stm32g474"), InlineData("stm32h743")]
    [InlineData("stm32h747"), InlineData("stm32l476"), InlineData("stm32l4r5"), InlineData("stm32u575"), InlineData("stm32wb55")]
    [InlineData("samd21"), InlineData("samd51"), InlineData("rp2040"), InlineData("rp2350"), InlineData("imxrt1060")]
    [InlineData("ra8d1"), InlineData("max78000"), InlineData("apollo4"), InlineData("esp32"), InlineData("esp32s3")]
    [
        InlineData("esp32c3"),
        InlineData("corstone300"),
        InlineData("nrf52833"),
        InlineData("stm32f407"),
        InlineData("stm32f767"),
        InlineData("stm32l475")
    ]
    public void Find_PromisedDevice_IsThere(string id) => Assert.Equal(id, DeviceDatabase.Find(id).Value.Id);

    [Theory]
    [InlineData("NRF52840", "nrf52840")]
    [InlineData(" ESP32-C3 ", "esp32c3")]
    [InlineData("STM32F746NG", "stm32f746")]
    [InlineData("Nucleo_F446RE", "stm32f446")]
    [InlineData("pico", "rp2040")]
    [InlineData("nrf52840dk", "nrf52840")]
    public void Find_OtherSpellingOrAlias_GivesDevice(string name, string id) => Assert.Equal(id, DeviceDatabase.Find(name).Value.Id);

    [Theory]
    [InlineData("nrf52480", "nrf52840")]
    [InlineData("stm32f747", "stm32f746")]
    [InlineData("stm32f746ngh6", "stm32f746")]
    [InlineData("rp2400", "rp2040")]
    [InlineData("picow", "rp2040")]
    [InlineData("esp32c6", "esp32c3")]
    [InlineData("h743", "stm32h743")]
    public void Find_Misspelled_NamesIntendedFirst(string name, string intended)
    {
        var diagnostic = Assert.Single(DeviceDatabase.Find(name).Diagnostics);

        Assert.Same(DiagnosticCatalog.DeviceUnknown, diagnostic.Descriptor);
        Assert.Contains($"There is no device '{name}'. The nearest names are {intended}, ", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FamilyOnly_NamesItsMembers()
    {
        var message = Assert.Single(DeviceDatabase.Find("stm32f7").Diagnostics).Message;

        Assert.Contains("stm32f746, stm32f767, stm32f769. ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("---")]
    public void Find_NoName_Fails(string? name) =>
        Assert.Same(DiagnosticCatalog.DeviceUnknown, Assert.Single(DeviceDatabase.Find(name).Diagnostics).Descriptor);

    [Fact]
    public void All_Names_AreUnique()
    {
        var names = DeviceDatabase.All.SelectMany(d => d.Aliases.Append(d.Id)).Select(DeviceNames.Key).ToArray();

        Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Manifest_Numbers_ArePlausible(string id)
    {
        var device = DeviceDatabase.Find(id).Value;

        Assert.InRange(device.ClockHz, 16_000_000, 1_000_000_000);
        Assert.InRange(device.SramBytes, 16 * 1024, 8 * 1024 * 1024);
        Assert.InRange(device.FlashBytes, 64 * 1024, 16 * 1024 * 1024);
        Assert.InRange(device.SramBudgetBytes, device.SramBytes / 2, device.SramBytes - 4096);
        Assert.InRange(device.FlashBudgetBytes, device.FlashBytes / 2, device.FlashBytes - 16384);
        Assert.InRange(device.Cost.PortableScale, 0.2, 4);
        Assert.InRange(device.Cost.FlashReadCyclesPerByte, 0, 12);
        Assert.True(device.Power is null == (id == "corstone300"));
        if (device.Power is { } power)
        {
            Assert.InRange(power.ActiveMicroampsPerMegahertz, 2, 600);
            Assert.InRange(power.SupplyVolts, 1.2, 3.6);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Manifest_Sources_NameDocumentsAndEveryEstimate(string id)
    {
        var sources = DeviceDatabase.Find(id).Value.Sources;

        Assert.All(sources, s => Assert.EndsWith(".", s, StringComparison.Ordinal));
        Assert.Contains(sources, s => s.Contains(" MHz", StringComparison.Ordinal) && s.Contains(" KB ", StringComparison.Ordinal));
        var waits = DeviceDatabase.Find(id).Value.FlashAccess is null ? "Flash read cost: " : "emory system: ";
        Assert.Contains(sources, s => s.Contains(waits, StringComparison.Ordinal));
        Assert.Contains(sources, s => s.StartsWith("Reservations: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nrf52840", 256, 1024)]
    [InlineData("stm32f103", 20, 64)]
    [InlineData("stm32f407", 128, 1024)]
    [InlineData("stm32f412", 256, 1024)]
    [InlineData("stm32f429", 192, 2048)]
    [InlineData("stm32f746", 320, 1024)]
    [InlineData("stm32f769", 512, 2048)]
    [InlineData("stm32g474", 128, 512)]
    [InlineData("stm32h743", 512, 2048)]
    [InlineData("stm32l476", 96, 1024)]
    [InlineData("stm32l4r5", 640, 2048)]
    [InlineData("stm32u575", 768, 2048)]
    [InlineData("stm32wb55", 192, 876)]
    [InlineData("samd21", 32, 256)]
    [InlineData("rp2040", 264, 2048)]
    [InlineData("rp2350", 520, 4096)]
    [InlineData("imxrt1060", 768, 8192)]
    [InlineData("ra8d1", 896, 2016)]
    [InlineData("max78000", 128, 512)]
    [InlineData("esp32c3", 320, 4096)]
    public void SramAndFlash_ContiguousBanks_AddUp(string id, int sramKib, int flashKib)
    {
        var device = DeviceDatabase.Find(id).Value;

        Assert.Equal((sramKib * 1024, flashKib * 1024), (device.SramBytes, device.FlashBytes));
    }

    [Fact]
    public void Features_PerCore_MatchWhatKernelsNeed()
    {
        var byId = DeviceDatabase.All.ToDictionary(d => d.Id);

        Assert.True(byId["stm32f746"].Has(DeviceFeatures.FpuSingle | DeviceFeatures.Dsp));
        Assert.False(byId["stm32f746"].Has(DeviceFeatures.FpuDouble));
        Assert.True(byId["stm32h743"].Has(DeviceFeatures.FpuDouble));
        Assert.True(byId["ra8d1"].Has(DeviceFeatures.MveInteger | DeviceFeatures.MveFloat));
        Assert.False(byId["stm32f103"].Has(DeviceFeatures.Dsp));
        Assert.Equal(
            DeviceFeatures.None,
            byId["stm32g0b1"].Features & (DeviceFeatures.Dsp | DeviceFeatures.FpuSingle | DeviceFeatures.HardwareDivide)
        );
        Assert.Equal("Cortex-M4F", byId["nrf52840"].CoreName);
    }

    [Fact]
    public void QemuMachine_PerCore_IsNearestOrExplained()
    {
        var expected = new Dictionary<string, string?>
        {
            ["stm32f103"] = "mps2-an385",
            ["nrf52840"] = "mps2-an386",
            ["stm32h743"] = "mps2-an500",
            ["stm32u575"] = "mps2-an505",
            ["corstone300"] = "mps3-an547",
            ["ra8d1"] = "mps3-an547",
            ["rp2040"] = "microbit",
            ["esp32c3"] = null,
        };

        Assert.All(expected, e => Assert.Equal(e.Value, DeviceDatabase.Find(e.Key).Value.QemuMachine));
        Assert.All(
            DeviceDatabase.All.Where(d => d.QemuMachine is null or "microbit" || d.Core.Id == "cortex-m85"),
            d => Assert.NotNull(d.QemuReason)
        );
    }

    [Fact]
    public void Estimates_TenMillionCycles_FollowClockAndCurrent()
    {
        var device = DeviceDatabase.Find("nrf52840").Value;

        Assert.Equal(156.25, device.Milliseconds(10_000_000), 9);
        Assert.Equal(1.56, device.Millijoules(10_000_000)!.Value, 9);
        Assert.Null(DeviceDatabase.Find("corstone300").Value.Millijoules(1));
    }
}
