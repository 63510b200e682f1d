using System;
using System.Collections.Generic;
using System.Linq;
using McuNet.Compiler.Devices;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Kernels;
using McuNet.Compiler.Pipeline;
using McuNet.Compiler.Planning;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Scheduling;
using McuNet.Compiler.Tests.Kernels;
using McuNet.Compiler.Tests.Networks;
using Xunit;

namespace McuNet.Compiler.Tests.Emit.C;

/// <summary>Every function through which the arena or a row passes is opaque to GCC, or part of one that is
/// (docs/decisions/0009).</summary>
public sealed class OpaqueFunctionTests
{
    private static readonly string[] Devices = ["stm32l4r5", "stm32g0b1", "stm32f103", "corstone300"];

    [Fact]
    public void KernelSources_EveryFunction_IsInlineOrOpaque()
    {
        var functions = CFunction.Parse(string.Concat(KernelText.Sources.Select(KernelText.Of)));
        Assert.True(functions.Length > 100, $"only {functions.Length} functions found");
        Assert.Superset(
            new HashSet<string> { "mn_widen1_s8", "mn_depthwise_narrow_s8", "mn_depthwise_plane5by2" },
            functions.Select(f => f.Name).ToHashSet()
        );
        Assert.Empty(functions.Where(f => !f.IsProtected).Select(f => f.Name));
    }

    [Fact]
    public void KernelSources_EveryKernel_LetsTheModelDecide()
    {
        var kernels = KernelText.Sources.Where(KernelText.IsKernel).ToArray();
        Assert.NotEmpty(kernels);
        Assert.All(
            kernels,
            source =>
                Assert.Equal(
                    [source[..^2]],
                    CFunction.Parse(KernelText.Of(source)).Where(f => f.Specifiers == "MN_KERNEL void ").Select(f => f.Name)
                )
        );
    }

    [Fact]
    public void Emit_RandomNetworksOnEveryKindOfCore_NoFunctionIsExposed()
    {
        var defined = new HashSet<string>();
        foreach (var model in Models())
        {
            foreach (
                var function in CEmitter
                    .Emit(ProgramBuilder.C(model))
                    .Concat(
                        CEmitter.Emit(
                            ProgramBuilder.C(model with { KernelLinkage = KernelLinkage.Shared, WeightStorage = WeightStorage.Blob })
                        )
                    )
                    .Where(f => f.Name.EndsWith(".c", StringComparison.Ordinal) || f.Name.EndsWith(".h", StringComparison.Ordinal))
                    .SelectMany(f => CFunction.Parse(f.Text))
            )
            {
                Assert.False(function.IsExposed, $"{model.Name}: {function.Specifiers}{function.Name}({function.Parameters})");
                defined.Add(function.Name[(function.Name.IndexOf('_', StringComparison.Ordinal) + 1)..]);
            }
        }
        Assert.Superset(
            new HashSet<string>
            {
                "invoke",
                "invoke_rows",
                "set_weights",
                "walk",
                "run_0",
                "step",
                "step_1",
                "quantize_row",
                "quantize_pixels",
            },
            defined
        );
    }

    [Fact]
    public void Emit_Kernel_IsInlineWhereOneLayerCallsItElseShared()
    {
        var seen = new HashSet<bool>();
        foreach (var model in Models())
        {
            var functions = CFunction.Parse(CEmitter.Emit(ProgramBuilder.C(model))[1].Text).ToLookup(f => f.Name);
            foreach (var layers in model.Kernels.Where(k => !k.IsDelivery).GroupBy(k => k.Function))
            {
                Assert.Equal(layers.Count() > 1 ? "MN_KERNEL void " : "MN_INLINE void ", Assert.Single(functions[layers.Key]).Specifiers);
                seen.Add(layers.Count() > 1);
            }
        }
        Assert.Equal(2, seen.Count);
    }

    [Theory]
    [InlineData("static void f(uint8_t *arena)\n{\n}\n", true)]
    [InlineData("static inline void f(const float *values,\n    int8_t *row)\n{\n}\n", true)]
    [InlineData("void f(const int8_t *const rows[])\n{\n}\n", true)]
    [InlineData("static inline int8_t *f(uint8_t *arena) { return (int8_t *)(arena + 16) + *arena; }\n", true)]
    [InlineData("static inline int8_t *f(uint8_t *arena) { return (int8_t *)(arena + 16); }\n", false)]
    [InlineData("MN_SHARED void f(uint8_t *arena)\n{\n}\n", false)]
    [InlineData("MN_OPAQUE void f(uint8_t *arena)\n{\n}\n", false)]
    [InlineData("static int32_t f(int32_t x)\n{\n}\n", false)]
    [InlineData("#define OF(name) \\\n    static void name(int8_t *row) \\\n    { \\\n    }\nOF(f)\n", true)]
    [InlineData("#define OF(linkage, name) \\\n    linkage void name(int8_t *row) { (void)row; }\nOF(static, f)\n", true)]
    [InlineData("#define OF(linkage, name) \\\n    linkage void name(int8_t *row) { (void)row; }\nOF(MN_SHARED, f)\n", false)]
    public void IsExposed_Function_WhereTheArenaPassesUnprotected(string text, bool exposed) =>
        Assert.Equal(exposed, Assert.Single(CFunction.Parse(text)).IsExposed);

    [Fact]
    public void Parse_HeadThatItDoesNotUnderstand_Throws() =>
        Assert.Throws<FormatException>(() => CFunction.Parse("void (*f(void))(int)\n{\n}\n"));

    private static IEnumerable<CompiledModel> Models() =>
        Enumerable
            .Range(1, 40)
            .Select(seed =>
                ModelCompiler.Compile(
                    RandomNetwork.Build(seed),
                    new CompileOptions
                    {
                        Name = $"n{seed}",
                        Device = DeviceDatabase.Find(Devices[seed % Devices.Length]).Value,
                        Objective = (Objective)(seed % 3),
                        Input = (InputMode)(seed / 3 % 2),
                        Stepped = seed % 5 < 2,
                    }
                )
            )
            .Where(r => r.Succeeded)
            .Select(r => r.Value.Model);
}
