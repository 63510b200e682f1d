using System;
using System.IO;
using McuNet.Compiler.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.Devices;

public sealed class DeviceTableTests
{
    [Fact]
    public void Markdown_OfDatabase_IsDocsDevices()
    {
        var path = Path.Combine(RepositoryFolder.Root, "docs", "devices.md");
        var markdown = DeviceTable.Markdown(DeviceDatabase.All);
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(path, markdown);

        Assert.True(
            File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == markdown,
            "docs/devices.md is stale. Run the tests once with the environment variable MCUNET_REGENERATE=1 and commit the file."
        );
    }

    [Fact]
    public void Markdown_EmptyDatabase_HasHeaderOnly() =>
        Assert.DoesNotContain("## ", DeviceTable.Markdown([]).Replace("# Devices", "", StringComparison.Ordinal), StringComparison.Ordinal);
}
