using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using McuNet.Compiler.Emit.C;
using McuNet.Compiler.Emit.CSharp;
using McuNet.Compiler.Programs;
using McuNet.Compiler.Tests;
using McuNet.Conformance.Models;
using McuNet.Runtimes.HostC;
using McuNet.Runtimes.Tests.Support;
using McuNet.Runtimes.Tools;
using Xunit;

namespace McuNet.Conformance.Emission;

/// <summary>Generated text depends on the model and the options alone, and every compiler takes it without a warning.</summary>
public sealed class EmissionTests
{
    [RealModelTheory]
    [InlineData("tflm_hello_int8", Plan.Fit)]
    [InlineData("mlperf_kws_dscnn_int8", Plan.Rows)]
    [InlineData("mltk_rps_int8", Plan.Memory)]
    public void Emit_CompiledTwiceFromTheFile_SameBytes(string name, Plan plan)
    {
        var first = Emitted(name, plan);
        Assert.Equal(4, first.Count);
        Assert.Equal(first, Emitted(name, plan));
    }

    [RealModelTheory]
    [InlineData("mlperf_kws_dscnn_int8", Plan.Rows)]
    [InlineData("mlperf_resnet8_int8", Plan.Fit)]
    public void Emit_RealModel_NamesNoPlaceAndNoTime(string name, Plan plan)
    {
        string[] places = [Folders.Repository, Shared.Root!, Path.GetTempPath(), Environment.CurrentDirectory, Environment.MachineName];
        foreach (var (file, text) in Emitted(name, plan))
        {
            Assert.All(places.Where(p => p.Length > 3), p => Assert.False(text.Contains(p, StringComparison.Ordinal), $"{file} names {p}"));
            Assert.False(Regex.IsMatch(text, @"\b20\d\d-\d\d-\d\d|\b\d\d:\d\d:\d\d\b|__(DATE|TIME|FILE)__"), $"{file} holds a time");
            Assert.False(text.Contains('\r'), $"{file} has carriage returns");
        }
    }

    [RealModelTheory]
    [InlineData("mlperf_kws_dscnn_int8", "-O0")]
    [InlineData("mlperf_kws_dscnn_int8", "-Os")]
    [InlineData("mlperf_kws_dscnn_int8", "-O3")]
    [InlineData("mltk_fingerprint_int8", "-O0")]
    [InlineData("mltk_fingerprint_int8", "-O3")]
    [InlineData("lenet300_int8", "-O3")]
    public void HostC_EveryOptimisation_MatchesReference(string name, string optimisation)
    {
        var model = RealModel.Of(name);
        model.Expected.AssertEqual(
            optimisation,
            CompiledC.OnHost(model.Compile(Plan.Rows), model.Cases, new HostCOptions { Optimisation = optimisation }).Value
        );
    }

    [ClangTheory]
    [InlineData("mlperf_kws_dscnn_int8", "-O0")]
    [InlineData("mlperf_kws_dscnn_int8", "-O3")]
    [InlineData("lenet300_int8", "-O2")]
    [InlineData("mltk_fingerprint_int8", "-Os")]
    public void Clang_EveryOptimisation_MatchesReference(string name, string optimisation) =>
        CompiledC.In(folder =>
        {
            File.CreateSymbolicLink(Path.Combine(folder, "clang"), ClangTheoryAttribute.Path!);
            var model = RealModel.Of(name);
            var options = new HostCOptions { Optimisation = optimisation, Tools = new Toolbox(folder) };
            model.Expected.AssertEqual($"clang {optimisation}", CompiledC.OnHost(model.Compile(Plan.Rows), model.Cases, options).Value);
            return true;
        });

    private static List<(string Name, string Text)> Emitted(string name, Plan plan)
    {
        var model = RealModel.Compile(name, new Golden(name).Compile(), plan, "stm32l4r5");
        return CEmitter
            .Emit(ProgramBuilder.C(model))
            .Append(CSharpEmitter.Emit(ProgramBuilder.CSharp(model)))
            .Select(f => (f.Name, f.Text))
            .ToList();
    }
}
