using System;
using System.Linq;
using McuNet.Compiler.Kernels;
using Xunit;

namespace McuNet.Compiler.Tests.Kernels;

public sealed class KernelFamilyTests
{
    [Fact]
    public void Sources_EveryTemplate_IsFilledWithoutRest()
    {
        var templates = typeof(KernelText)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".in", StringComparison.Ordinal))
            .Select(n => n["kernel/".Length..]);
        Assert.Equal(
            templates.Order(StringComparer.Ordinal),
            KernelFamily.Sources.Values.Select(s => s.Template).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(KernelFamily.Sources.Keys, name => Assert.DoesNotContain("@", KernelText.Of(name), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_KernelOfAFamily_NamesTheTypesOfItsLanguage()
    {
        Assert.Contains(
            "mn_requantize_s8u8_portable(const mn_lookup *p, const int8_t *in, uint8_t *out,",
            KernelText.Of("mn_requantize_s8u8_portable.c"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "StoreF32(arena, output + sizeof(float) * i,",
            KernelText.Of("RequantizeU8f32Portable.cs"),
            StringComparison.Ordinal
        );
    }
}
