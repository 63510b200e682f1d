using McuNet.Search.Evaluation;
using McuNet.Search.PaperFigures;
using McuNet.Search.Spaces;

namespace McuNet.Search.Study;

/// <summary>What a network needs.</summary>
public readonly record struct Needs(long SramBytes, long FlashBytes);

/// <summary>Says what networks need; safe for concurrent use.</summary>
public interface IResourceModel
{
    Needs Of(Architecture architecture);
}

/// <summary>By the formulas of a publication.</summary>
public sealed class PublishedResources(SearchSpace space, DeviceModel model) : IResourceModel
{
    public Needs Of(Architecture architecture)
    {
        var layers = NetworkLayer.Of(space, architecture);
        return new(model.SramBytes(layers), model.FlashBytes(layers));
    }
}

/// <summary>By this compiler.</summary>
public sealed class CompiledResources(ResourceEvaluator evaluator) : IResourceModel
{
    public Needs Of(Architecture architecture)
    {
        var resources = evaluator.Evaluate(architecture);
        return new(resources.SramBytes, resources.FlashBytes);
    }
}
