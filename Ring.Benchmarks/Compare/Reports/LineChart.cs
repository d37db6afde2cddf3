using System.Globalization;
using Ring.Benchmarks.Reporting;

namespace Ring.Benchmarks.Compare.Reports;

/// <summary>Lines over a few places, on a logarithmic axis: what is compared differs by powers of ten.</summary>
/// <param name="title">The heading.</param>
/// <param name="unit">What the axis shows.</param>
/// <param name="places">What stands below, from left to right.</param>
/// <param name="lines">A value for each place, or for the first ones; at least one. From quartile to quartile goes a thin line, where there is a spread.</param>
internal sealed class LineChart(string title, string unit, string[] places, (string Name, Spread[] Values)[] lines)
{
    private const int Width = 820;
    private const int Left = 80;
    private const int Right = 220;
    private const int Top = 64;
    private const int Plot = 300;
    private const int Bottom = Top + Plot;

    private readonly int _lowest = (int)Math.Floor(Math.Log10(Positive(lines.Min(static line => line.Values.Min(static value => value.Low)))));
    private readonly int _highest = (int)Math.Ceiling(Math.Log10(Positive(lines.Max(static line => line.Values.Max(static value => value.High)))) + 1e-9);

    public string ToSvg()
    {
        Svg svg = new(Width, Bottom + 40);
        svg.Text(12, 22, title, size: 16);
        svg.Text(12, 42, unit);
        DrawAxes(svg);
        for (int i = 0; i < lines.Length; i++)
            Draw(svg, i);

        return svg.ToString();
    }

    private static double Positive(double value) => Math.Max(value, 1e-3);

    private void DrawAxes(Svg svg)
    {
        for (int power = _lowest; power <= _highest; power++)
        {
            double y = Y(Math.Pow(10, power));
            svg.Line(Left, y, Width - Right, y, color: "#bbb", thickness: 0.5);
            svg.Text(Left - 8, y + 4, Math.Pow(10, power).ToString("#,0.###", CultureInfo.InvariantCulture), anchor: "end");
        }

        for (int i = 0; i < places.Length; i++)
            svg.Text(X(i), Bottom + 20, places[i], anchor: "middle");
    }

    private void Draw(Svg svg, int index)
    {
        string color = Svg.Color(index);
        Spread[] values = lines[index].Values;
        for (int i = 0; i < values.Length; i++)
        {
            svg.Dot(X(i), Y(values[i].Median), color);
            if (values[i].High > values[i].Low)
                svg.Line(X(i), Y(values[i].Low), X(i), Y(values[i].High), color);
            if (i > 0)
                svg.Line(X(i - 1), Y(values[i - 1].Median), X(i), Y(values[i].Median), color, thickness: 2);
        }

        svg.Text(Width - Right + 14, Top + 12 + (index * 20), lines[index].Name, color: color);
    }

    private double X(int place) => Left + 20 + (place * (Width - Left - Right - 40.0) / Math.Max(1, places.Length - 1));

    private double Y(double value) => Bottom - (Plot * (Math.Log10(Positive(value)) - _lowest) / Math.Max(1, _highest - _lowest));
}
