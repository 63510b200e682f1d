using System.IO;
using McuNet.Diagnostics;
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
        Assert.Equal(line, ItemLocator.Find(project.ProjectFile, null, include).Line);
    }

    [Fact]
    public void Find_ItemOfAnImport_GivesTheImport()
    {
        using var project = new TemporaryProject("");
        var import = project.PathOf("Directory.Build.props");
        File.WriteAllText(import, "<Project>\n<ItemGroup><McuModel Include=\"n.onnx\" /></ItemGroup>\n</Project>");
        Assert.Equal(new SourceLocation(import, 2, 12), ItemLocator.Find(project.ProjectFile, import, "n.onnx"));
    }

    [Fact]
    public void Find_UnreadableProject_FallsBackToItsStart()
    {
        using var project = new TemporaryProject();
        File.WriteAllText(project.ProjectFile, "<Project");
        Assert.Equal(new SourceLocation(project.ProjectFile, 1, 1), ItemLocator.Find(project.ProjectFile, "absent.props", "net.onnx"));
    }
}
