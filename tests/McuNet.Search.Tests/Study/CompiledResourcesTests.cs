using System.Collections.Immutable;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Pipeline;
using McuNet.Search.Evaluation;
using McuNet.Search.Spaces;
using McuNet.Search.Study;
using Xunit;

namespace McuNet.Search.Tests.Study;

public sealed class CompiledResourcesTests
{
    private static readonly SearchSpace Space = SpacePresets.Find("digits").Value;
    private static readonly ImmutableArray<long> Budgets = [3_000, 6_000, 12_000, 200_000];

    [Fact]
    public void Under_SeveralBudgets_GivesWhatAnEvaluationForEachGives()
    {
        var evaluator = Evaluator(Budgets[^1]);
        var networks = Networks(12);

        foreach (var (budget, place) in Budgets.Select((b, i) => (b, i)))
        {
            var alone = Evaluator(budget);
            Assert.All(networks, n => Assert.Equal(alone.Evaluate(n), evaluator.Under(n, Budgets)[place]));
        }
        Assert.Contains(networks, n => evaluator.Under(n, Budgets).Select(r => r.SramBytes).Distinct().Count() > 1);
    }

    /// <summary>A network that is refused unseen does not fit when it is looked at.</summary>
    [Fact]
    public void Of_NetworksTooLargeForTheFlash_LooksForNoSchedule()
    {
        const long Flash = 12_000;
        var evaluator = Evaluator(Budgets[^1]);
        var model = new CompiledResources(evaluator, Budgets, Flash);
        var networks = Networks(30);
        var refused = networks.Where(n => model.Of(n)[0].SramBytes is null).ToArray();

        Assert.InRange(refused.Length, 1, networks.Length - 1);
        Assert.All(refused, n => Assert.True(evaluator.Evaluate(n).FlashBytes >= model.Of(n)[0].FlashBytes));
        Assert.All(refused, n => Assert.False(new StudyOptions(Budgets[^1], Flash).Fits(model.Of(n)[0])));
    }

    private static ResourceEvaluator Evaluator(long sram) =>
        new(
            Space,
            new EvaluationTarget(
                new CompileOptions
                {
                    Name = "network",
                    Device = DeviceDatabase.Find("nrf52840").Value,
                    Budgets = new Budgets(sram),
                },
                ScheduleMode.Rows
            )
        );

    private static ImmutableArray<Architecture> Networks(int count)
    {
        var random = SplitMix64.For(7, 0);
        return [.. Enumerable.Range(0, count).Select(_ => Sampling.Uniform(Space, random))];
    }
}
