using System;
using System.Linq;
using McuNet.Compiler.Pipeline;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

public sealed class ImportFuzzTests
{
    [SharedTheory]
    [InlineData("tflm_hello_int8")]
    [InlineData("mltk_fingerprint_int8")]
    public void Import_DamagedModel_NeverThrows(string name)
    {
        var original = new Golden(name).Model;
        var random = new Random(13);
        for (var round = 0; round < 800; round++)
        {
            var bytes = (byte[])original.Clone();
            for (var i = 0; i < 2; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var result = ModelCompiler.Network(bytes, name, name);
            Assert.True(result.Succeeded || result.Diagnostics.Any());
            Assert.DoesNotContain(result.Diagnostics, d => d.Id == "MCU2001");
        }
    }
}
