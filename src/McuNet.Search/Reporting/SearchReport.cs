using McuNet.Search.Searching;

namespace McuNet.Search.Reporting;

public static class SearchReport
{
    public static string Html(SearchJob job, SearchOutcome outcome) => "";
}
