using System;
using System.Linq;
using McuNet.Search.Export;
using McuNet.Search.Spaces;
using Xunit;

namespace McuNet.Search.Tests.Export;

public sealed class NetworkWeightsTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("digits").Value;
    private static readonly Architecture Network = Sampling.Uniform(Space, new SplitMix64(3));

    [Fact]
    public void Read_FileOfTheNetwork_GivesItsLayersInOrder()
    {
        var tensors = RandomWeights.Of(Space, Network, 1);

        var weights = NetworkWeights.Read(RandomWeights.File(tensors), Space, Network, "w").Value;

        Assert.Equal(NetworkLayer.Of(Space, Network), weights.Layers.Select(l => l.Layer));
        Assert.All(
            weights.Layers,
            l =>
            {
                Assert.Equal(tensors[l.Layer.Name + ".weight"].Values, l.Weights.Values.ToArray());
                Assert.Equal(tensors[l.Layer.Name + ".bias"].Values, l.Bias.Values.ToArray());
            }
        );
    }

    [Fact]
    public void Read_MissingTensor_IsNamed()
    {
        var tensors = RandomWeights.Of(Space, Network, 1);
        tensors.Remove("classifier.bias");
        AssertFault(RandomWeights.File(tensors), "MCU8061", "'classifier.bias' is missing");
    }

    [Fact]
    public void Read_WrongShape_IsNamedWithBothShapes()
    {
        var tensors = RandomWeights.Of(Space, Network, 1);
        var (dims, values) = tensors["stem.weight"];
        tensors["stem.weight"] = ([dims[0] / 2, 2, dims[2], dims[3]], values);
        AssertFault(RandomWeights.File(tensors), "MCU8061", $"'stem.weight' is [{dims[0] / 2}, 2, 3, 3] instead of [{dims[0]}, 1, 3, 3]");
    }

    [Fact]
    public void Read_NumberThatIsNotFinite_IsAnError()
    {
        var tensors = RandomWeights.Of(Space, Network, 1);
        tensors["stem.bias"].Values[1] = float.NaN;
        AssertFault(RandomWeights.File(tensors), "MCU8061", "'stem.bias' holds numbers that are not finite");
    }

    /// <summary>Wherever a file is cut off, and whichever byte of the header is damaged, the answer is an error or the weights, no
    /// exception.</summary>
    [Fact]
    public void Read_DamagedFile_IsAnErrorWithoutException()
    {
        var file = RandomWeights.File(RandomWeights.Of(Space, Network, 1));
        var random = new SplitMix64(5);
        foreach (var length in Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 200).Select(_ => random.Below(file.Length))))
            AssertFault(file[..length], "MCU8060", "");
        for (var i = 0; i < 500; i++)
        {
            var damaged = file.ToArray();
            damaged[random.Below(1500)] ^= (byte)(1 + random.Below(255));
            var read = NetworkWeights.Read(damaged, Space, Network, "w");
            Assert.True(read.Succeeded || read.Diagnostics.All(d => d.Id is "MCU8060" or "MCU8061"));
        }
    }

    private static void AssertFault(byte[] file, string id, string words)
    {
        var diagnostic = Assert.Single(NetworkWeights.Read(file, Space, Network, "run/w.safetensors").Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(words, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal("run/w.safetensors", diagnostic.Location?.File);
    }
}
