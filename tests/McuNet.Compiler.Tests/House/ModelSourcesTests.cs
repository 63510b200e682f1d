using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using McuNet.Compiler.Tests.Devices;
using Xunit;

namespace McuNet.Compiler.Tests.House;

/// <summary>
/// docs/models.md says of every model that lies beside the repository where it comes from. MCUNET_REGENERATE=1 writes it from the
/// manifest of the models.
/// </summary>
public sealed class ModelSourcesTests
{
    [SharedFact]
    public void Markdown_OfTheManifest_IsDocsModels()
    {
        var path = Path.Combine(RepositoryFolder.Root, "docs", "models.md");
        var text = Markdown();
        if (Environment.GetEnvironmentVariable("MCUNET_REGENERATE") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(text, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Markdown()
    {
        var text = new StringBuilder(
            """
            # Real models

            Models that these pages name are published ones, which this repository does not hold. Each is had from the place below; the
            names are ours. Where that is a `.tflite` file the compiler takes it as it is, and gives the same figures: the ONNX file of our
            name was made of it with the same weights, and differs in the names of layers alone (`TwinTests` holds the two together). So
            every command of these pages can be repeated with it:

            ```console
            # The network; written for curl 7.88; not run here.
            $ models=https://github.com/mlcommons/tiny/raw/1afd2c9820f795965a6134facd0b4dfae41ef23f/benchmark/training
            $ curl -L -o vww.tflite $models/visual_wake_words/trained_models/vww_96_int8.tflite
            $ mcunet compile vww.tflite --device nrf52840 --out vww
            ```

            Tests that need them look for the folder `../shared/models` beside the repository, `onnx/NAME.onnx` and `tflite/NAME.tflite`,
            with cases of ONNX Runtime in `golden/NAME`
            ([their form](cli.md#mcunet-verify-model---device-d---cases-path---on-list---exact---layers)); where it is absent they are
            skipped, visibly. Cases are noise, smooth noise and some real inputs, with the outputs of ONNX Runtime 1.30 on them. The network
            of the samples is our own (`samples/digits`), and so is that of the tutorial.

            | name | what it is | from | licence |
            | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n")
        );
        foreach (var model in JsonNode.Parse(File.ReadAllText(Shared.Path("models", "manifest.json")))!["models"]!.AsArray())
        {
            var source = model!["source"]!;
            var (repository, commit, file) = ((string)source["repo"]!, (string)source["commit"]!, (string)source["path"]!);
            var link = $"[{file[(file.LastIndexOf('/') + 1)..]}](https://{repository}/blob/{commit}/{file})";
            text.Append($"| {model["name"]} | {model["task"]} | {link} of {repository["github.com/".Length..]} | {model["licence"]} |\n");
        }
        return text.Append(
                """

                Data sets: MNIST, CIFAR-10 and Speech Commands are those of their authors; the preprocessed keywords of `kws01` are in
                [eembc/energyrunner](https://github.com/eembc/energyrunner).

                """.ReplaceLineEndings("\n")
            )
            .ToString();
    }
}
