using System.Globalization;
using System.Net;
using System.Text;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>A picture made of lines, boxes and text, readable on light and dark ground.</summary>
internal sealed class Svg(int width, int height)
{
    private static readonly string[] Colors =
        ["#1f77b4", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#8c564b", "#e377c2", "#17becf", "#bcbd22", "#7f7f7f"];

    private readonly StringBuilder _content = new();

    public static string Color(int index) => Colors[index % Colors.Length];

    public void Line(double x1, double y1, double x2, double y2, string color = "#888", double thickness = 1) =>
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{color}\" stroke-width=\"{thickness}\"/>");

    public void Box(double x, double y, double boxWidth, double boxHeight, string color) =>
        Append($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{boxWidth:0.#}\" height=\"{boxHeight:0.#}\" fill=\"{color}\"/>");

    public void Dot(double x, double y, string color) => Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3\" fill=\"{color}\"/>");

    /// <param name="x">Where.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">What.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">In pixels.</param>
    /// <param name="color">Its colour.</param>
    public void Text(double x, double y, string text, string anchor = "start", int size = 12, string color = "#777") => Append(
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{color}\">{WebUtility.HtmlEncode(text)}</text>");

    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" "
        + $"font-family=\"sans-serif\">\n{_content}</svg>\n";

    private void Append(FormattableString element) => _content.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
