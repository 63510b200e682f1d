using System.Text;
using McuNet.Search;
using Xunit;

namespace McuNet.Tasks.Tests;

public sealed class SearchStampTests
{
    private static readonly byte[] File = Encoding.UTF8.GetBytes("{\n  \"seed\": 1\n}\n");

    [Fact]
    public void Of_OtherLineEndsAndFolders_IsTheSame()
    {
        Assert.Equal(
            SearchStamp.Of(File, "nrf52840", null),
            SearchStamp.Of(Encoding.UTF8.GetBytes("{\r\n  \"seed\": 1\r\n}\r\n"), "nrf52840", null)
        );
        Assert.Equal(SearchStamp.Of(File, "/home/a/boards/mine.json", null), SearchStamp.Of(File, "C:\\b\\boards\\mine.json", null));
    }

    [Fact]
    public void Of_OtherContentDeviceOrSeed_Differs()
    {
        var stamp = SearchStamp.Of(File, "nrf52840", null);
        Assert.Matches("^[0-9a-f]{32}$", stamp);
        Assert.NotEqual(stamp, SearchStamp.Of(Encoding.UTF8.GetBytes("{}"), "nrf52840", null));
        Assert.NotEqual(stamp, SearchStamp.Of(File, "nrf52832", null));
        Assert.NotEqual(stamp, SearchStamp.Of(File, null, null));
        Assert.NotEqual(stamp, SearchStamp.Of(File, "nrf52840", "2"));
        Assert.NotEqual(stamp, SearchStamp.Of(File, "nrf52840", null, File));
    }
}
