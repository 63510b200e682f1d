using System.Linq;
using System.Text;
using McuNet.Search.Spaces;
using McuNet.Search.Training;
using Xunit;

namespace McuNet.Search.Tests.Training;

public sealed class RequestsTests
{
    [Fact]
    public void Space_OfEveryPreset_ReadsBackAsTheSame()
    {
        Assert.NotEmpty(SpacePresets.All);
        foreach (var space in SpacePresets.All)
        {
            var text = SpaceWriter.Write(space).ToJsonString();
            var back = SpaceReader.Read(Encoding.UTF8.GetBytes(text), "message");

            Assert.Equal(text, SpaceWriter.Write(back.Value).ToJsonString());
            Assert.Equal(
                (space.Name, space.Networks, space.Activation, space.Residual, space.HeadOut),
                (back.Value.Name, back.Value.Networks, back.Value.Activation, back.Value.Residual, back.Value.HeadOut)
            );
            Assert.Equal(
                NetworkLayer.Of(space, Extremes.Largest(space)).ToArray(),
                NetworkLayer.Of(back.Value, Extremes.Largest(back.Value)).ToArray()
            );
            Assert.Null(Membership.WhyNot(space, Extremes.Smallest(space)));
        }
    }

    [Fact]
    public void Recipe_UnsetFields_AreLeftToTheTrainer()
    {
        var request = Requests.WithRecipe("train", new TrainingRecipe(10) { Batch = 64, LearningRate = 0.1 });

        Assert.Equal("""{"op":"train","steps":10,"batch":64,"learning_rate":0.1}""", request.ToJsonString());
    }

    [Theory]
    [InlineData("python3 -m mcunet_train", "python3", "-m,mcunet_train")]
    [InlineData("  \"a b/python\" x\"y z\"  ", "a b/python", "xy z")]
    [InlineData("ssh host trainer \"\"", "ssh", "host,trainer,")]
    public void Command_IsSplitAtSpacesOutsideQuotes(string line, string file, string arguments)
    {
        var command = TrainerCommand.Parse(line)!;

        Assert.Equal((file, arguments), (command.File, string.Join(',', command.Arguments)));
    }

    [Fact]
    public void Command_OfSpaces_IsNone() => Assert.Null(TrainerCommand.Parse("  "));

    [Fact]
    public void Spearman_KnowsOrderTiesAndConstants()
    {
        Assert.Equal(1, RankCorrelation.Spearman([1, 2, 3], [10, 20, 30]), 12);
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3], [30, 20, 10]), 12);
        Assert.Equal(0.8, RankCorrelation.Spearman([1, 2, 3, 4], [1, 3, 2, 4]), 12);
        Assert.Equal(0.9486832980505138, RankCorrelation.Spearman([1, 2, 2, 4], [1, 2, 3, 4]), 12);
        Assert.Equal(0, RankCorrelation.Spearman([1, 2, 3], [5, 5, 5]));
    }
}
