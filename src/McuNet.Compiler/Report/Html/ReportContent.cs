namespace McuNet.Compiler.Report.Html;

/// <summary>All that a page shows.</summary>
/// <param name="Against">What the model is compared with, or null.</param>
public sealed record ReportContent(ReportModel Model, ReportDrawing Drawing, ReportModel? Against = null);
