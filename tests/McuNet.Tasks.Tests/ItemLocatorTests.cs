using System.IO;
using McuNet.Diagnostics;
using Microsoft.Build.Utilities;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class ItemLocatorTests
{
    private const string Items = """
            <McuModel Include="other.onnx" />
            <McuModel
              Include="a.onnx; nets\b.onnx" />
            <McuModel Include="deep/**/*.onnx" />
            <McuModel Include="$(NetDir)/c.onnx" />
            <McuModel Remove="zero.onnx" />
        """;

    [Theory]
    [InlineData("other.onnx", 3)]
    [InlineData("a.onnx", 4)]
    [InlineData("nets/b.onnx", 4)]
    [InlineData("deep/x/y/net.onnx", 6)]
    [InlineData("deep/net.onnx", 6)]
    [InlineData("far/away/c.onnx", 7)]
    [InlineData("zero.onnx", 1)]
    public void Find_Include_GivesTheLineOfItsElement(string include, int line)
    {
        using var project = new TemporaryProject(Items);
        Assert.Equal(line, ItemLocator.Find(project.ProjectFile, new TaskItem(include)).Line);
    }

    [Fact]
    public void Find_ItemOfAnImport_GivesTheImport()
    {
        using var project = new TemporaryProject("");
        var import = project.PathOf("Directory.Build.props");
        File.WriteAllText(import, "<Project>\n<ItemGroup><McuModel Include=\"n.onnx\" /></ItemGroup>\n</Project>");
        Assert.Equal(new SourceLocation(import, 2, 12), ItemLocator.Find(project.ProjectFile, new DefinedItem("n.onnx", import)));
    }

    [Fact]
    public void Find_UnreadableProject_FallsBackToItsStart()
    {
        using var project = new TemporaryProject();
        File.WriteAllText(project.ProjectFile, "<Project");
        Assert.Equal(
            new SourceLocation(project.ProjectFile, 1, 1),
            ItemLocator.Find(project.ProjectFile, new DefinedItem("net.onnx", "absent.props"))
        );
    }

    private const string OneFileOften = """
            <McuModel Include="net.onnx" Device="nrf52840" />
            <McuModel Include="net.onnx" Device="rp2040" Name="net_rp" />
            <McuModel Include="*.onnx">
              <Device>$(Board)</Device>
              <Name>all_%(Filename)</Name>
            </McuModel>
            <McuModel Include="net.onnx" Device="nrf52840" />
        """;

    [Theory]
    [InlineData("nrf52840", "", 0, 3)]
    [InlineData("nrf52840", "", 1, 9)]
    [InlineData("nrf52840", "", 2, 9)]
    [InlineData("rp2040", "net_rp", 0, 4)]
    [InlineData("stm32f746", "all_net", 0, 5)]
    public void Find_OneFileUsedOften_GoesByMetadata(string device, string name, int ordinal, int line)
    {
        using var project = new TemporaryProject(OneFileOften);
        var item = TemporaryProject.Item("net.onnx", ("Device", device), ("Name", name));
        Assert.Equal(line, ItemLocator.Find(project.ProjectFile, item, ordinal: ordinal).Line);
    }

    /// <summary>Two wildcards that give the same file, told apart by their device.</summary>
    [Theory]
    [InlineData("rp2040", 3)]
    [InlineData("nrf52840", 4)]
    public void Find_TwoWildcards_GoesByMetadata(string device, int line)
    {
        using var project = new TemporaryProject(
            """
                <McuModel Include="**/*.onnx" Device="rp2040" Name="a_%(Filename)" />
                <McuModel Include="*.onnx" Device="nrf52840" Name="b_%(Filename)" />
            """
        );
        Assert.Equal(line, ItemLocator.Find(project.ProjectFile, TemporaryProject.Item("net.onnx", ("Device", device))).Line);
    }

    [Theory]
    [InlineData("Sram", "$(Kilobytes)KB")]
    [InlineData("sram", "$(Kilobytes)KB")]
    [InlineData("Flash", null)]
    public void Written_Metadata_IsAsTheProjectSpellsIt(string metadata, string? written)
    {
        using var project = new TemporaryProject("""    <McuModel Include="net.onnx" Device="nrf52840" Sram="$(Kilobytes)KB" />""");
        Assert.Equal(written, ItemLocator.FindElement(project.ProjectFile, TemporaryProject.Item())!.Written(metadata));
    }
}
