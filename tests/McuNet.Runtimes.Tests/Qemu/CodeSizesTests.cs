using McuNet.Runtimes.Qemu;
using Xunit;

namespace McuNet.Runtimes.Tests.Qemu;

public class CodeSizesTests
{
    private const string Map = """
        Discarded input sections

         .text.unused   0x00000000       0x40 model.o

        Linker script and memory map

         .text.net_invoke
                        0x00000100       0x6c model.o
         .text.main     0x0000016c       0x20 runner.o
         .rodata.net_weights_0
                        0x00000200      0x100 model.o
         .rodata.table  0x00000300       0x10 model.o
         .text.memcpy   0x00000310       0x1c /usr/lib/libc_nano.a(memcpy.o)
         .bss.scratch   0x20000000        0x8 model.o

        """;

    private const string Symbols = """
        00000000 0000006c T net_invoke
        00000000 00000100 r net_weights_0
        00000000 00000010 r table
                 U memcpy

        """;

    [Fact]
    public void Parse_MapAndSymbols_CountsWhatWasLinked()
    {
        var sizes = CodeSizes.Parse(Map.ReplaceLineEndings("\n"), Symbols.ReplaceLineEndings("\n"), "model.o", "net");

        Assert.Equal((0x6c, 0x110, 0x100, 0, 8, 0x1c), (sizes.Text, sizes.Rodata, sizes.Weights, sizes.Data, sizes.Bss, sizes.Library));
        Assert.Equal(0x6c + 0x10 + 0x1c, sizes.FlashCode);
        Assert.Equal(new ObjectSymbol("net_weights_0", 'R', 0x100), sizes.Symbols[0]);
    }
}
