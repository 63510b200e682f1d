using System.Linq;
using McuNet.Compiler.Import;
using McuNet.Compiler.Onnx;
using Xunit;

namespace McuNet.Compiler.Tests.Import;

public sealed class ImportTableTests
{
    [Fact]
    public void Rows_OfEveryOperator_HaveASignature() =>
        Assert.Empty(ImportTable.Rows.Select(r => (r.Domain, r.Operator)).Except(OperatorSignatures.Rows.Select(s => (s.Domain, s.Operator))));
}
