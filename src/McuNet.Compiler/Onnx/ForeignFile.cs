using System;
using System.Text;

namespace McuNet.Compiler.Onnx;

/// <summary>What people give in place of a model, recognised by its first bytes.</summary>
internal static class ForeignFile
{
    private const string Page = "a text file in HTML, such as a web page that was saved in place of the model";

    private static readonly (string Magic, int At, string What, string Advice)[] Known =
    [
        (
            "version https://git-lfs",
            0,
            "a Git LFS pointer, which stands for a file that was not fetched",
            "Run 'git lfs pull' in its repository."
        ),
        (
            "PK\x03\x04",
            0,
            "a zip archive, such as a PyTorch checkpoint or a .keras file",
            "Export the model to ONNX (torch.onnx.export, tf2onnx), or unpack the archive if the ONNX file is in it."
        ),
        ("\u0089HDF\r\n", 0, "an HDF5 file, such as a Keras model", "Convert it to ONNX with tf2onnx."),
        ("\u001f\u008b", 0, "a gzip archive", "Unpack it."),
        ("\u0080\u0002", 0, "a Python pickle, such as an old PyTorch checkpoint", "Export the model to ONNX with torch.onnx.export."),
        ("{\"", 0, "a text file in JSON", "Name the model file itself."),
        ("{\n", 0, "a text file in JSON", "Name the model file itself."),
        ("<!DOCTYPE", 0, Page, "Download the file itself, not the page about it."),
        ("<html", 0, Page, "Download the file itself, not the page about it."),
        ("<?xml", 0, "a text file in XML", "Download the file itself; servers answer so when they refuse."),
    ];

    /// <returns>What the file is and what to do, or null where it may be a damaged ONNX file.</returns>
    public static (string What, string Advice)? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        foreach (var (magic, at, what, advice) in Known)
        {
            if (bytes.Length >= at + magic.Length && Matches(bytes.Slice(at, magic.Length), magic))
                return (what, advice);
        }

        return null;
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, string magic)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (char.ToLowerInvariant((char)bytes[i]) != char.ToLowerInvariant(magic[i]))
                return false;
        }

        return true;
    }
}
