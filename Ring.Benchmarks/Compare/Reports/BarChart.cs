using System.Globalization;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>A bar for each row, with a line from quartile to quartile.</summary>
/// <param name="title">The heading.</param>
/// <param name="unit">What the bars show.</param>
/// <param name="rows">The bars, from top to bottom.</param>
internal sealed class BarChart(string title, string unit, (string Name, Spread Value)[] rows)
{
    private const int Width = 820;
    private const int Left = 250;
    private const int Right = 90;
    private const int Top = 56;
    private const int RowHeight = 26;
    private const int BarHeight = 16;

    public string ToSvg()
    {
        Svg svg = new(Width, Top + (rows.Length * RowHeight) + 12);
        svg.Text(12, 22, title, size: 16);
        svg.Text(12, 42, unit);
        double scale = (Width - Left - Right) / rows.Max(static row => row.Value.High);
        for (int i = 0; i < rows.Length; i++)
            Draw(svg, rows[i].Name, rows[i].Value, Top + (i * RowHeight), scale);

        return svg.ToString();
    }

    private static void Draw(Svg svg, string name, Spread value, int y, double scale)
    {
        int middle = y + (BarHeight / 2);
        svg.Text(Left - 8, middle + 4, name, anchor: "end");
        svg.Box(Left, y, Math.Max(1, value.Median * scale), BarHeight, Svg.Color(Names.IsOfRing(name) ? 0 : 9));
        svg.Line(Left + (value.Low * scale), middle, Left + (value.High * scale), middle, color: "#999", thickness: 2);
        svg.Text(Left + (value.High * scale) + 8, middle + 4, value.Median.ToString(value.Median >= 10 ? "0" : "0.0", CultureInfo.InvariantCulture));
    }
}
