using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using McuNet.Compiler.Devices;
using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Devices;

public sealed class DeviceDocumentsTests
{
    private static readonly string AddingADevice = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "adding-a-device.md"))
        .ReplaceLineEndings("\n");

    public static TheoryData<string> Ids =>
        [.. DiagnosticCatalog.All.Select(d => d.Id).Where(id => id.StartsWith("MCU50", StringComparison.Ordinal))];

    [Fact]
    public void AddingADevice_Example_IsAValidDevice()
    {
        var json = Regex.Match(AddingADevice, "```json\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        var device = DeviceReader.Read(Encoding.UTF8.GetBytes(json), "example.json").Value;

        Assert.Equal(128 * 1024, device.SramBytes);
    }

    [Fact]
    public void AddingADevice_Words_AreAllOfTheReader()
    {
        Assert.All(CoreTable.All, c => Assert.Contains($"`{c.Id}`", AddingADevice, StringComparison.Ordinal));
        Assert.All(DeviceReader.Words((DeviceFeatures)~0), w => Assert.Contains($"`{w}`", AddingADevice, StringComparison.Ordinal));
        Assert.All(
            Enum.GetValues<MemoryKind>(),
            k => Assert.Contains($"`{DeviceReader.Word(k)}`", AddingADevice, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpPage_OfEveryDeviceDiagnostic_HasItsTitle(string id)
    {
        var row = DiagnosticCatalog.All.Single(d => d.Id == id);

        var page = File.ReadAllText(Path.Combine(RepositoryFolder.Root, row.HelpPage));

        Assert.StartsWith($"# {id}: {row.Title}", page, StringComparison.Ordinal);
        Assert.Contains("## What to do", page, StringComparison.Ordinal);
    }
}
