using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Report;
using McuNet.Compiler.Report.Html;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Devices;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Report;

/// <summary>Pictures show what was compiled: a box for each call, and every live byte inside the arena. MCUNET_REGENERATE=1 draws those of
/// the documents anew.</summary>
public sealed class PicturesTests
{
    private const double Left = 190;
    private const double Right = 944;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Rows_RandomNetworks_HaveABoxForEachCall()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var model = Compile(seed);
            var boxes = Boxes(RowsPicture.Svg(model));
            Assert.Equal(model.Schedule.Steps.Count(s => !s.IsInput), boxes.Length);
            Assert.All(boxes, b => Assert.InRange(b.X, Left - 0.01, Right + 0.01));
            Assert.Equal(boxes.OrderBy(b => b.X).Select(b => b.X), boxes.Select(b => b.X));
            Assert.Equal(model.Graph.Nodes.Length, boxes.Select(b => b.Y).Distinct().Count());
        }
    }

    [Fact]
    public void Arena_RandomNetworks_ShowsAllBytesAndNoneOutside()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var model = Compile(seed);
            var boxes = Boxes(ArenaPicture.Svg(model));
            Assert.Equal(model.Memory.Buffers.Sum(b => b.Live.Count(l => l.Hi > l.Lo)), boxes.Length);
            Assert.All(boxes, b => Assert.True(b.Y >= 8 - 0.01 && b.Y + b.Height <= 368 + 0.01, $"seed {seed}: {b}"));
            Assert.Equal(368, boxes.Max(b => b.Y + b.Height), 0.02);
        }
    }

    /// <summary>
    /// As <c>mcunet compile samples/digits/digits.onnx --device nrf52840 --pictures</c> with these options draws them; docs/how-it-works.md
    /// shows both.
    /// </summary>
    [Theory]
    [InlineData("rows.svg", "--optimize memory --input rows")]
    [InlineData("arena.svg", "--optimize memory --input rows")]
    [InlineData("memory.svg", "--optimize memory --input rows")]
    [InlineData("whole.svg", "--optimize latency")]
    [InlineData("overlay.svg", "--sram 5KB")]
    [InlineData("bands.svg", "--optimize memory --input rows --passes 8")]
    public void Pictures_OfTheDocuments_AreThoseOfTheSample(string file, string options)
    {
        bool Has(string option) => options.Contains(option, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(Path.Combine(RepositoryFolder.Root, "samples", "digits", "digits.onnx"));
        var compilation = ModelCompiler
            .Compile(
                bytes,
                "digits.onnx",
                new CompileOptions
                {
                    Name = "digits",
                    Device = DeviceDatabase.Find("nrf52840").Value,
                    Objective =
                        Has("memory") ? Objective.Memory
                        : Has("latency") ? Objective.Latency
                        : Objective.Fit,
                    Input = Has("rows") ? InputMode.Rows : InputMode.Resident,
                    InputPasses = Has("passes") ? 8 : 1,
                    Budgets = new Budgets(SramBytes: Has("sram") ? 5 * 1024 : null),
                }
            )
            .Value;
        var text = file switch
        {
            "rows.svg" or "bands.svg" => RowsPicture.Svg(compilation.Model),
            "memory.svg" => Figure.Alone(OperatorSections.MemoryPicture(ReportBuilder.Model(compilation, []))),
            _ => ArenaPicture.Svg(compilation.Model),
        };
        var path = Path.Combine(RepositoryFolder.Root, "docs", "pictures", file);
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.True(
            File.ReadAllText(path).ReplaceLineEndings("\n") == text,
            $"docs/pictures/{file} is stale. Run the tests once with the environment variable MCUNET_REGENERATE=1 and commit the file."
        );
    }

    private static CompiledModel Compile(int seed) =>
        ModelCompiler
            .Compile(
                RandomNetwork.Build(seed),
                new CompileOptions
                {
                    Name = "net",
                    Device = DeviceDatabase.Find("nrf52840").Value,
                    Objective = Objective.Memory,
                }
            )
            .Value.Model;

    private static (double X, double Y, double Height)[] Boxes(string svg) =>
        [.. XDocument.Parse(svg).Descendants(Svg + "rect").Select(r => (Number(r, "x"), Number(r, "y"), Number(r, "height")))];

    private static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);
}
