namespace McuNet.Compiler.Report.Html;

/// <summary>How often the network is right, where somebody has measured it.</summary>
internal static class AccuracySection
{
    public static Markup? Print(ReportContent content) =>
        content.Model.Accuracy is not { } accuracy
            ? null
            : Markup.Of(
                $"""
        <p>From {accuracy.Source}{Samples(accuracy)}.</p>
        {Table.Open("share of samples that are right, %", ["network", "#share, %"],
            [Row("float model", accuracy.Float), Row("int8 model", accuracy.Int8), Row("generated code", accuracy.Code)])}
        """
            );

    private static Markup Samples(ReportAccuracy accuracy) =>
        accuracy.Samples is not { } samples ? Markup.None
        : accuracy.On is { } on ? Markup.Of($": {samples:N0} samples of the {on} data")
        : Markup.Of($": {samples:N0} samples");

    private static Markup Row(string name, double? share) =>
        share is null ? Markup.None : Table.Row(-1, Table.Text(name), Table.Number(100 * share, "N2"));
}
