using System;
using System.Collections.Generic;
using McuNet.Compiler.Graph;

namespace McuNet.Compiler.Operators;

public sealed partial record Softmax
{
    public override void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output) =>
        throw new NotImplementedException();
}
