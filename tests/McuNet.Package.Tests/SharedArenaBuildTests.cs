using System;
using System.IO;
using System.Linq;
using McuNet.Tests;
using Xunit;

namespace McuNet.Package.Tests;

/// <summary>Models of a project that share an arena: what is rebuilt when, and that C and C# run with the one arena, the C with kernels
/// that both share and the weights of one in a file.</summary>
[Collection(PackageCollection.Name)]
public sealed class SharedArenaBuildTests(PackageFeed feed, SharedArenaBuildTests.Digits digits)
    : IClassFixture<SharedArenaBuildTests.Digits>
{
    private const string Arena = "mcunet_vision_arena";

    [Fact]
    public void Build_ModelChanged_SizesItsArenaAgainAndCleanLeavesNothing()
    {
        var sample = new SampleProject(
            feed,
            """
                <McuModel Include="first.onnx" Device="nrf52840" Arena="vision" />
                <McuModel Include="second.onnx" Device="nrf52840" Arena="vision" Emit="Files" />
                <McuModel Include="alone.onnx" Device="nrf52840" />
            """
        ).With("first.onnx", "fake-model").With("second.onnx", "fake-model").With("alone.onnx", "fake-model").With("Program.cs", "System.Console.WriteLine(new Sample.First().Input.Length + new Sample.Second().Input.Length + new Sample.Alone().Input.Length);");
        Counted(4, "arena vision: shared");
        Assert.Equal(["CMakeLists.txt", Arena + ".c", Arena + ".h"], Files(Path.Combine(sample.Copies, Arena)));
        Assert.StartsWith(
            "// first second",
            File.ReadAllText(Path.Combine(sample.Intermediate, Arena, Arena + ".g.cs")),
            StringComparison.Ordinal
        );
        Counted(0);
        sample.Touch("second.onnx", new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Counted(0);
        sample.With("second.onnx", "fake-model", "output 1 7").Touch("second.onnx", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Counted(2, "arena vision: shared");
        Counted(0);
        File.WriteAllText(
            sample.ProjectFile,
            File.ReadAllText(sample.ProjectFile).Replace("Arena=\"vision\" Emit", "Emit", StringComparison.Ordinal)
        );
        Counted(2, "arena vision: shared");
        Assert.StartsWith(
            "// first\n",
            File.ReadAllText(Path.Combine(sample.Intermediate, Arena, Arena + ".g.cs")),
            StringComparison.Ordinal
        );
        sample.Target("Clean").Succeed();
        Assert.False(Directory.Exists(sample.Intermediate));
        Assert.False(Directory.Exists(sample.Copies));

        void Counted(int runs, string output = "")
        {
            var before = sample.EngineRuns;
            Assert.Contains(output, sample.Build().Succeed().Output, StringComparison.Ordinal);
            Assert.Equal(runs, sample.EngineRuns - before);
        }
    }

    private static string[] Files(string directory) =>
        [.. Directory.GetFiles(directory).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void App_TwoModelsInOneArena_AnswerAsInArenasOfTheirOwn()
    {
        var lines = digits.Answers(feed);
        Assert.Equal(8, lines.Length);
        Assert.Equal(Enumerable.Repeat(lines[0], 8), lines);
        Assert.Matches(
            "arena vision: [0-9,]+ bytes for whole \\([0-9,]+\\), streamed \\([0-9,]+\\); [1-9][0-9,]* saved",
            digits.BuildOutput
        );
    }

    [CMakeFact]
    public void Firmware_TwoModelsInOneArena_AnswersAsTheApp() => Assert.Equal(digits.Answers(feed)[..4], Firmware(digits.Sample));

    /// <summary>A firmware project that adds the folders of the two models, and nothing else, to its own CMakeLists.txt.</summary>
    private static string[] Firmware(SampleProject sample)
    {
        sample
            .With(
                "firmware/CMakeLists.txt",
                $"""
                cmake_minimum_required(VERSION 3.13)
                project(firmware C)
                add_subdirectory("{sample.Copies}/whole" whole)
                add_subdirectory("{sample.Copies}/streamed" streamed)
                add_executable(firmware main.c)
                target_link_libraries(firmware whole streamed)
                target_compile_definitions(firmware PRIVATE STREAMED_WEIGHTS="{sample.Copies}/streamed/streamed.weights.bin")
                """
            )
            .With(
                "firmware/main.c",
                """
                #include <stdio.h>
                #include <string.h>
                #include "streamed.h"
                #include "whole.h"

                static int8_t image[WHOLE_INPUT0_BYTES];
                static _Alignas(4) uint8_t weights[STREAMED_WEIGHTS_BYTES];

                static void row_of_image(void *context, uint32_t row, void *destination)
                {
                    (void)context;
                    memcpy(destination, image + row * STREAMED_INPUT0_ROW_BYTES, STREAMED_INPUT0_ROW_BYTES);
                }

                static void print(const int8_t *scores)
                {
                    for (int i = 0; i < WHOLE_OUTPUT0_BYTES; i++)
                        printf(i ? " %d" : "%d", scores[i]);
                    printf("\n");
                }

                int main(void)
                {
                    if (whole_static_arena() != streamed_static_arena() || (uintptr_t)whole_static_arena() % 16 != 0)
                        return 1;
                    FILE *file = fopen(STREAMED_WEIGHTS, "rb");
                    if (file == NULL || fread(weights, 1, sizeof weights, file) != sizeof weights || streamed_set_weights(weights, sizeof weights) != STREAMED_WEIGHTS_OK)
                        return 2;
                    uint8_t *arena = whole_static_arena();
                    for (int i = 0; i < WHOLE_INPUT0_BYTES; i++)
                        image[i] = (int8_t)(i * 37 % 251 - 125);
                    for (int run = 0; run < 2; run++) {
                        memcpy(whole_input0(arena), image, sizeof image);
                        whole_invoke(arena);
                        print(whole_output0(arena));
                        streamed_invoke_rows(arena, row_of_image, NULL);
                        print(streamed_output0(arena));
                    }
                    return 0;
                }
                """
            );
        Run(
            "cmake",
            "-S",
            Path.Combine(sample.Directory, "firmware"),
            "-B",
            Path.Combine(sample.Directory, "firmware", "out"),
            "-DCMAKE_C_FLAGS=-Wall -Wextra -Werror"
        );
        Run("cmake", "--build", Path.Combine(sample.Directory, "firmware", "out"));
        return Run(Path.Combine(sample.Directory, "firmware", "out", "firmware")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Run(string program, params string[] arguments) => ProgramRun.Good(program, arguments).Output;

    /// <summary>The network of samples/digits twice in one arena, whole and row by row; built and run once.</summary>
    public sealed class Digits
    {
        private string[]? _answers;

        public SampleProject Sample { get; private set; } = null!;

        public string BuildOutput { get; private set; } = string.Empty;

        /// <summary>Scores of the whole and the streamed model, twice in arenas of their own, then twice in the shared one.</summary>
        public string[] Answers(PackageFeed feed)
        {
            if (_answers is not null)
                return _answers;
            Sample = new SampleProject(
                feed,
                """
                    <McuModel Include="digits.onnx" Name="whole" Device="nrf52840" Optimize="latency" Arena="vision" Kernels="shared" />
                    <McuModel Include="digits.onnx" Name="streamed" Device="nrf52840" Input="rows" Optimize="memory" Arena="vision" Kernels="shared" Weights="blob" Step="true" Emit="Files" />
                """,
                ownEngine: true
            ).With(
                "Program.cs",
                """
                using System;
                using System.Linq;

                var image = Enumerable.Range(0, Sample.Whole.InputLength).Select(i => (sbyte)(i * 37 % 251 - 125)).ToArray();
                foreach (var own in new[] { true, false })
                {
                    var whole = own ? new Sample.Whole(new sbyte[Sample.Whole.ArenaBytes]) : new Sample.Whole();
                    var streamed = own ? new Sample.Streamed(new sbyte[Sample.Streamed.ArenaBytes]) : new Sample.Streamed();
                    for (var run = 0; run < 2; run++)
                    {
                        image.CopyTo(whole.Input);
                        whole.Invoke();
                        Console.WriteLine(string.Join(' ', whole.Output.ToArray()));
                        var length = Sample.Streamed.InputWidth * Sample.Streamed.InputChannels;
                        streamed.Invoke((row, destination) => image.AsSpan(row * length, length).CopyTo(destination));
                        Console.WriteLine(string.Join(' ', streamed.Output.ToArray()));
                    }
                }
                """
            );
            File.Copy(
                Path.Combine(PackageFeed.RepositoryRoot(), "samples", "digits", "digits.onnx"),
                Path.Combine(Sample.Directory, "digits.onnx")
            );
            BuildOutput = Sample.Build().Succeed().Output;
            return _answers = Sample
                .RunApp()
                .Succeed()
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
    }
}
