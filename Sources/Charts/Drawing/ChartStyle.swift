/// How charts look: colours by name for light and dark screens and for paper, and the rules that use them.
///
/// The series' colours are those of Okabe and Ito (2008), darkened to a contrast of 3 against the paper; each series has a
/// pattern of dashes and a label of its own besides.
public enum ChartStyle {
  /// The colours by name: light, dark where the reader's system is, and light on paper.
  public static let colours = """
    :root{color-scheme:light dark;\(light)}
    @media (prefers-color-scheme:dark){:root{\(dark)}}
    @media print{:root{\(light)}}
    """

  private static let light =
    "--paper:#fff;--raised:#f5f7fa;--ink:#1f2933;--quiet:#4a5866;--rule:#d5dae1;--accent:#0b5cad;"
    + "--blue:#0b6fb8;--orange:#b8510f;--green:#0a7a57;--purple:#9a3f78;--brown:#7a5c00;--grey:#56636f;"
    + "--bad:#b3261e;--warn:#e0a030;--heat:#c05621"
  private static let dark =
    "--paper:#12181f;--raised:#1b242e;--ink:#e4e7eb;--quiet:#aab4bf;--rule:#33404d;--accent:#7db7ee;"
    + "--blue:#6bb0e6;--orange:#ec9558;--green:#4cc39a;--purple:#dd8fc0;--brown:#d9b54a;--grey:#a3afba;"
    + "--bad:#f08a84;--warn:#e6b655;--heat:#b5622a"

  /// The rules of all charts; they speak of nothing outside of `svg.chart`.
  public static let rules = """
    .chart text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink)}
    .chart text.small{font-size:12px;fill:var(--quiet)} .chart text.strong{font-weight:600}
    .chart text.heading{font-size:16px;font-weight:600} .chart .paper{fill:var(--paper)}
    .chart text.halo{font-size:12px;fill:var(--ink);stroke:var(--paper);stroke-width:4px;paint-order:stroke;stroke-linejoin:round}
    .chart line,.chart path{fill:none} .chart .axis{stroke:var(--quiet)} .chart .grid{stroke:var(--rule)}
    .chart .zero{stroke:var(--ink);stroke-width:1.5} .chart .mark{stroke:var(--quiet);stroke-dasharray:2 3}
    .chart line.limit{stroke:var(--bad);stroke-width:2;stroke-dasharray:7 4} .chart text.limit{fill:var(--bad)}
    .chart .bar{fill:var(--blue)} .chart .over{fill:var(--orange);stroke:var(--ink);stroke-width:.6}
    .chart .gain{fill:var(--green)} .chart .loss{fill:var(--orange)} .chart .total{fill:var(--grey)}
    .chart .down{fill:var(--bad)} .chart .degraded{fill:var(--warn)} .chart .planned{fill:var(--grey)}
    .chart .cell{fill:var(--heat)} .chart .slot{fill:var(--raised);stroke:var(--rule)}
    .chart .line0,.chart .line1,.chart .line2,.chart .line3,.chart .line4,.chart .line5{stroke-width:2.2;stroke-linejoin:round}
    .chart .line0{stroke:var(--blue)} .chart .line1{stroke:var(--orange);stroke-dasharray:8 4}
    .chart .line2{stroke:var(--green);stroke-dasharray:2 3} .chart .line3{stroke:var(--purple);stroke-dasharray:10 3 2 3}
    .chart .line4{stroke:var(--brown);stroke-dasharray:4 4} .chart .line5{stroke:var(--grey);stroke-dasharray:14 4}
    .chart .dot0{fill:var(--blue)} .chart .dot1{fill:var(--orange)} .chart .dot2{fill:var(--green)}
    .chart .dot3{fill:var(--purple)} .chart .dot4{fill:var(--brown)} .chart .dot5{fill:var(--grey)}
    .chart path.band0,.chart path.band1,.chart path.band2,.chart path.band3,.chart path.band4,.chart path.band5{fill-opacity:.2}
    .chart path.band0{fill:var(--blue)} .chart path.band1{fill:var(--orange)} .chart path.band2{fill:var(--green)}
    .chart path.band3{fill:var(--purple)} .chart path.band4{fill:var(--brown)} .chart path.band5{fill:var(--grey)}
    .chart .node{fill:var(--raised);stroke:var(--quiet)} .chart .service{fill:var(--raised);stroke:var(--accent);stroke-width:2}
    .chart rect.point{fill:none;stroke:var(--bad);stroke-width:2} .chart text.point{font-size:12px;font-weight:600;fill:var(--bad)}
    .chart .edge{stroke:var(--quiet);stroke-width:1.3} .chart .soft{stroke:var(--quiet);stroke-width:1.3;stroke-dasharray:6 4}
    .chart .choice{stroke:var(--quiet);stroke-width:1.6;stroke-dasharray:1.5 3}
    @media print{.chart *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}
