using System;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace McuNet.Cli.Tests.Recipes;

/// <summary>The pages of docs/recipes: what they tell people to type is typed here.</summary>
public sealed class RecipeTests(Recipe recipe, ITestOutputHelper output) : IClassFixture<Recipe>
{
    /// <summary>The training reaches 97 %; another processor rounds its sums otherwise.</summary>
    private const double Trained = 0.95;

    /// <summary>One point.</summary>
    private const double Lost = 0.01;

    /// <summary>Decisions that hang on a step: three images of two thousand.</summary>
    private const double Ties = 0.0016;

    /// <summary>
    /// ONNX Runtime judges what is written here in other tools' place; it refuses what PyTorch 1.13 itself writes of fake quantisation.
    /// </summary>
    /// <param name="real">The layers that compute in float32, because the tool says nothing of their results.</param>
    [RecipeTheory]
    [InlineData("pytorch", "digits.int8.onnx", null)]
    [InlineData("onnxruntime", "digits.ort.onnx", null)]
    [InlineData("onnxruntime", "digits.operators.onnx", null)]
    [InlineData("qat", "digits.qat.onnx", null)]
    [InlineData("qat", "digits.brevitas.onnx", null)]
    [InlineData("qat", "digits.trt.onnx", "/7/GlobalAveragePool")]
    [InlineData("keras", "digits.tflite", null)]
    public void Page_WhatItTellsToType_GivesAModelOfIntegersThatIsAsGood(string page, string model, string? real)
    {
        var before = recipe.Accuracy("digits.onnx");
        recipe.Write(model);
        var said = string.Join('\n', RecipePage.Of(page).Commands.Where(c => c.Split(' ').Contains(model)).Select(recipe.Run));
        var after = recipe.Accuracy(model);
        output.WriteLine($"{said}\n{model}: {before:0.00%} before, {after:0.00%} after");

        Assert.InRange(before, Trained, 1);
        Assert.InRange(after, before - Lost, 1);
        if (model != "digits.qat.onnx")
            Assert.InRange(recipe.Accuracy(model, "onnxruntime"), after - Ties, after + Ties);
        Assert.Contains("files  generated", said, StringComparison.Ordinal);
        Assert.Equal(real is null ? 0 : 1, said.Split("MCU3012").Length - 1);
        Assert.Contains(real is null ? "" : $"multiply-accumulates: {real}.", said, StringComparison.Ordinal);
        Assert.Equal(2, recipe.Run($"mcunet verify {model} --device nrf52840 --on reference,host").Split(": exact, ").Length - 1);
    }

    [Fact]
    public void Pages_Scripts_AreThoseOfTheSamples()
    {
        var scripts = Directory.GetFiles(Recipe.Scripts, "*.py").ToDictionary(f => Path.GetFileName(f)!, File.ReadAllText);
        var shown = RecipePage.All.SelectMany(p => p.Scripts).ToArray();

        var expected = scripts.Keys.Where(s => s != "digits.py").Order(StringComparer.Ordinal);
        Assert.Equal(expected, shown.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.All(shown, s => Assert.Equal(scripts[s.Name], s.Text));
    }
}
