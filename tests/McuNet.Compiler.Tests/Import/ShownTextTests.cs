using McuNet.Diagnostics;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("conv1/Relu:0", "conv1/Relu:0")]
    [InlineData("größe 漢字 🙂", "größe 漢字 🙂")]
    [InlineData("a\nb\tc\r", "a\\nb\\tc\\r")]
    [InlineData("\u001b[31m", "\\u001b[31m")]
    [InlineData("x\u202egnp.exe\u2066", "x\\u202egnp.exe\\u2066")]
    [InlineData("a\u2028b\u200bc\u0085", "a\\u2028b\\u200bc\\u0085")]
    public void Escape_Text_ShowsWhatCannotBeSeen(string text, string shown) => Assert.Equal(shown, ShownText.Escape(text));

    [Fact]
    public void Escape_HalfACharacter_IsShownByItsNumber() => Assert.Equal("\\ud800x", ShownText.Escape("\ud800x"));

    [Fact]
    public void Name_VeryLongName_KeepsBothEnds()
    {
        var shown = ShownText.Name(new string('a', 5_000_000) + "\n" + new string('b', 50));
        Assert.Equal(120, shown.Length);
        Assert.StartsWith("aaaa", shown, System.StringComparison.Ordinal);
        Assert.EndsWith("bbbb", shown, System.StringComparison.Ordinal);
    }
}
