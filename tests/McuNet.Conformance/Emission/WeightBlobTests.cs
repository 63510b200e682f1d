using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Planning;
using McuNet.Conformance.Networks;
using McuNet.Runtimes.GeneratedC;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Qemu;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>Weights apart from the code: the same results with them, and nothing but refusals without.</summary>
public sealed class WeightBlobTests
{
    [HostCompilerTheory]
    [InlineData("stm32l4r5")]
    [InlineData("stm32g0b1")]
    public void HostC_RandomNetworks_MatchReference(string device)
    {
        foreach (var network in Networks(1, 4, device))
            AssertMatches(network, (artifact, cases) => CompiledC.OnHost(artifact, cases, new HostCOptions { Sanitize = true }).Value);
    }

    [ArmTheory]
    [InlineData("cortex-m4f")]
    [InlineData("cortex-m0")]
    [InlineData("cortex-m55")]
    public void Board_RandomNetworks_MatchReference(string board)
    {
        foreach (var network in Networks(5, 3, OpaqueToGccTests.DeviceOf(board)))
            AssertMatches(network, (artifact, cases) => CompiledC.OnBoard(artifact, QemuBoard.Find(board)!, cases).Value);
    }

    /// <summary>By what is done to the weights: what set_weights answers, and the invoke function after it.</summary>
    [HostCompilerTheory]
    [InlineData("net_set_weights(blob, sizeof blob)", "OK", "OK")]
    [InlineData("NET_WEIGHTS_OK", "OK", "MISSING")]
    [InlineData("net_set_weights(NULL, sizeof blob)", "MISSING", "MISSING")]
    [InlineData("net_set_weights(blob + 1, sizeof blob)", "MISALIGNED", "MISSING")]
    [InlineData("net_set_weights(blob, sizeof blob - 1)", "WRONG_SIZE", "MISSING")]
    [InlineData("(blob[sizeof blob / 2] ^= 16, net_set_weights(blob, sizeof blob))", "DAMAGED", "MISSING")]
    [InlineData("(net_set_weights(blob, sizeof blob), blob[0] ^= 1, net_set_weights(blob, sizeof blob))", "DAMAGED", "MISSING")]
    public void SetWeights_Blob_IsTakenOnlyWhenItIsTheOne(string set, string answer, string then) =>
        CompiledC.In(folder =>
        {
            var model = Networks(3, 1, "stm32g0b1").Single().Model with { Name = "net", Pieces = null };
            File.WriteAllText(
                Path.Combine(folder, "main.c"),
                $$"""
                #include "net.c"
                {{Blob(model, folder)}}
                {{(
                    model.StreamsInput
                        ? "static void rows(void *context, uint32_t row, void *to) { (void)context; (void)row; memset(to, 0, NET_INPUT0_ROW_BYTES); }"
                        : ""
                )}}
                int main(void)
                {
                    const int answer = {{set}};
                    return (answer == NET_WEIGHTS_{{answer}} ? 0 : 1) + (net_invoke{{(
                    model.StreamsInput ? "_rows(net_static_arena(), rows, NULL)" : "(net_static_arena())"
                )}} == NET_WEIGHTS_{{then}} ? 0 : 2);
                }

                """
            );
            var built = new ToolProcess(
                Toolbox.FromEnvironment().TryFind(Tool.HostCompiler)!,
                ["-std=c11", "main.c", "-o", "program"],
                folder,
                TimeSpan.FromMinutes(1)
            ).Run();
            Assert.True(built.Succeeded, built.Messages());
            Assert.Equal(0, new ToolProcess(Path.Combine(folder, "program"), [], folder, TimeSpan.FromMinutes(1)).Run().ExitCode);
            return true;
        });

    /// <summary>The check value of CRC-32.</summary>
    [Fact]
    public void Crc32_Digits_IsThePublishedValue() => Assert.Equal(0xCBF43926u, CWeightBlob.Crc32("123456789"u8));

    private static IEnumerable<RandomCase> Networks(int first, int count, string device) =>
        Enumerable
            .Range(first, count)
            .Select(seed => RandomCase.Create(seed, device))
            .Select(n => n with { Model = n.Model with { WeightStorage = WeightStorage.Blob } });

    private static void AssertMatches(RandomCase network, Func<CArtifact, IReadOnlyList<IReadOnlyList<byte[]>>, Outputs> run)
    {
        IReadOnlyList<byte[]>[] cases =
        [
            [network.Input(0).Bytes],
            [network.Input(1).Bytes],
        ];
        Outputs
            .Reference(network.Model.Network, cases)
            .AssertEqual($"seed {network.Seed}", CompiledC.In(folder => run(WithWeights(network.Model, folder), cases)));
    }

    /// <summary>The model's files and its weights as an array in RAM.</summary>
    private static string Blob(CompiledModel model, string folder)
    {
        CompiledC.Write(model, folder);
        var bytes = File.ReadAllBytes(Path.Combine(folder, model.Name + ".weights.bin"));
        return $"static _Alignas(4) uint8_t blob[{bytes.Length}] = {{ {string.Join(",", bytes)} }};";
    }

    /// <summary>The same model as one file, whose invoke function sets the weights first.</summary>
    private static CArtifact WithWeights(CompiledModel model, string folder)
    {
        var blob = Blob(model, folder);
        var (name, upper) = (model.Name, model.Name.ToUpperInvariant());
        var (parameters, arguments) = model.StreamsInput
            ? ($"uint8_t *arena, {name}_row_source source, void *context", "arena, source, context")
            : ("uint8_t *arena", "arena");
        var invoke = model.StreamsInput ? "_invoke_rows" : "_invoke";
        File.WriteAllText(
            Path.Combine(folder, "app.c"),
            $$"""
            #include "app.h"
            #include "{{name}}.c"
            {{blob}}
            void app{{invoke}}({{parameters}})
            {
                if ({{name}}_set_weights(blob, sizeof blob) == {{upper}}_WEIGHTS_OK)
                    (void){{name}}{{invoke}}({{arguments}});
                (void){{name}}_set_weights(NULL, 0);
            }

            """
        );
        string[] ports = [.. model.Graph.Inputs.Select((_, i) => $"INPUT{i}"), .. model.Graph.Outputs.Select((_, i) => $"OUTPUT{i}")];
        var macros = ports.SelectMany(p => new[] { "BYTES", "ROW_BYTES" }.Select(m => $"#define APP_{p}_{m} {upper}_{p}_{m}"));
        var accessors = ports
            .Where(p => p != "INPUT0" || !model.StreamsInput)
            .Select(p => p.ToLowerInvariant())
            .Select(p => $"#define app_{p} {name}_{p}");
        File.WriteAllText(
            Path.Combine(folder, "app.h"),
            $$"""
            #include "{{name}}.h"
            #define APP_ARENA_BYTES {{upper}}_ARENA_BYTES
            {{string.Join("\n", macros.Concat(accessors))}}
            {{(model.StreamsInput ? $"typedef {name}_row_source app_row_source;" : "")}}
            void app{{invoke}}({{parameters}});

            """
        );
        return CompiledC.Describe(model, folder) with { Name = "app" };
    }
}
