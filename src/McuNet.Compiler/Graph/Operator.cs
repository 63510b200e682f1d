using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace McuNet.Compiler.Graph;

/// <summary>
/// A layer with its attributes and constants. All facets are required, so an incomplete operator does not compile:
/// signature (this file's first half), the meaning on reals, the contract on stored values, memory behaviour. Kernels are rows of
/// OperatorTable.
/// </summary>
public abstract record Operator
{
    /// <summary>Name of the operator as diagnostics and generated comments show it.</summary>
    public abstract string Kind { get; }

    /// <summary>Number of operands, and how their types and the result's go together.</summary>
    public abstract OperandRule Operands { get; }

    /// <summary>Shape of the output; throws nothing, the importer has checked the attributes.</summary>
    public abstract TensorShape InferShape(ImmutableArray<TensorShape> inputs);

    /// <summary>Multiply-accumulate operations of one inference.</summary>
    public abstract long Macs(NodeTypes types);

    /// <summary>The meaning: computes the whole output on the real numbers that the operands stand for, row-major HWC. Quantised types do
    /// not round here.</summary>
    public abstract void EvaluateReals(NodeTypes types, IReadOnlyList<double[]> inputs, double[] output);

    /// <summary>
    /// The contract: computes the whole output on integers where types are quantised, and in float32 where they are not, every operation
    /// rounded on its own in a fixed order. Other executors must give the same bits. Called only between types that a kernel of the
    /// operator has.
    /// </summary>
    public abstract void Evaluate(NodeTypes types, IReadOnlyList<TensorData> inputs, TensorData output);

    /// <summary>Which input rows each step reads and which output rows it completes.</summary>
    public abstract RowDependency Rows(NodeTypes types);

    /// <summary>The operator restricted to a range of output columns; null where each of them depends on all columns of an input.</summary>
    public abstract ColumnSlice? Slice(NodeTypes types, ColumnRange output);
}
