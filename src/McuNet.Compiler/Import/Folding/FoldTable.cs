using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using McuNet.Compiler.Onnx;

namespace McuNet.Compiler.Import.Folding;

/// <summary>
/// Operators all of whose operands are plain constants, over all opsets: what is computed while a model is read, such as the shapes that
/// exporters compute.
/// </summary>
internal static class FoldTable
{
    private static readonly ImmutableArray<OnnxOperator> Rows =
    [
        Fold("Abs", FoldArithmetic.Abs, 1, 1),
        Fold("Add", FoldArithmetic.Add, 2, 2),
        Fold("And", FoldArithmetic.And, 2, 2),
        Fold("Cast", FoldArithmetic.Cast, 1, 1, "to: Int, saturate: Int, round_mode: String"),
        Fold("Ceil", FoldArithmetic.Ceil, 1, 1),
        Fold("Clip", FoldArithmetic.Clip, 1, 3, "min: Float, max: Float"),
        Fold("Concat", FoldMoves.Concat, 1, int.MaxValue, "axis: Int"),
        Fold("ConstantOfShape", FoldMoves.ConstantOfShape, 1, 1, "value: Tensor"),
        Fold("Div", FoldArithmetic.Div, 2, 2),
        Fold("Equal", FoldArithmetic.Equal, 2, 2),
        Fold("Exp", FoldArithmetic.Exp, 1, 1),
        Fold("Expand", FoldMoves.Expand, 2, 2),
        Fold("Floor", FoldArithmetic.Floor, 1, 1),
        Fold("Gather", FoldMoves.Gather, 2, 2, "axis: Int"),
        Fold("Greater", FoldArithmetic.Greater, 2, 2),
        Fold("GreaterOrEqual", FoldArithmetic.GreaterOrEqual, 2, 2),
        Fold("Less", FoldArithmetic.Less, 2, 2),
        Fold("LessOrEqual", FoldArithmetic.LessOrEqual, 2, 2),
        Fold("Log", FoldArithmetic.Log, 1, 1),
        Fold("Max", FoldArithmetic.Max, 1, int.MaxValue),
        Fold("Min", FoldArithmetic.Min, 1, int.MaxValue),
        Fold("Mod", FoldArithmetic.Mod, 2, 2, "fmod: Int"),
        Fold("Mul", FoldArithmetic.Mul, 2, 2),
        Fold("Neg", FoldArithmetic.Neg, 1, 1),
        Fold("Not", FoldArithmetic.Not, 1, 1),
        Fold("Or", FoldArithmetic.Or, 2, 2),
        Fold("Pow", FoldArithmetic.Pow, 2, 2),
        Fold("Range", FoldMoves.Range, 3, 3),
        Fold("Reciprocal", FoldArithmetic.Reciprocal, 1, 1),
        Fold("ReduceMax", FoldMoves.ReduceMax, 1, 2, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Fold("ReduceMean", FoldMoves.ReduceMean, 1, 2, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Fold("ReduceMin", FoldMoves.ReduceMin, 1, 2, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Fold("ReduceProd", FoldMoves.ReduceProd, 1, 2, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Fold("ReduceSum", FoldMoves.ReduceSum, 1, 2, "axes: Ints, keepdims: Int, noop_with_empty_axes: Int"),
        Fold("Relu", FoldArithmetic.Relu, 1, 1),
        Fold("Round", FoldArithmetic.Round, 1, 1),
        Fold("Sign", FoldArithmetic.Sign, 1, 1),
        Fold("Slice", FoldMoves.Slice, 1, 5, "axes: Ints, ends: Ints, starts: Ints"),
        Fold("Split", FoldMoves.Split, 1, 2, "axis: Int, num_outputs: Int, split: Ints") with
        {
            MostOutputs = int.MaxValue,
            GivesAll = true,
        },
        Fold("Sqrt", FoldArithmetic.Sqrt, 1, 1),
        Fold("Sub", FoldArithmetic.Sub, 2, 2),
        Fold("Tile", FoldMoves.Tile, 2, 2),
        Fold("Where", FoldArithmetic.Where, 3, 3),
        Fold("Xor", FoldArithmetic.Xor, 2, 2),
    ];

    private static readonly FrozenDictionary<string, OnnxOperator> ByName = Rows.ToFrozenDictionary(r => r.Operator);

    /// <summary>The operator, or null where it is not computed from constants.</summary>
    public static OnnxOperator? Of(OnnxNode node) => node.Domain.Length == 0 ? ByName.GetValueOrDefault(node.Operator) : null;

    private static OnnxOperator Fold(string op, Action<NodeImport> fold, int fewest, int most, string attributes = "") =>
        new("", op, fewest, most, 1, IntegerOperands.Stored, OnnxOperators.Parse(attributes)) { Import = fold };
}
