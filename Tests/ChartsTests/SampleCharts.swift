import Charts

/// One picture of every kind, of names that a stranger may have chosen.
enum SampleCharts {
  /// What nobody should be able to write into a page, a drawing or a terminal.
  static let hostile =
    "<script>alert(1)</script>\"' onload=x ]]> `|` \u{1B}[31m \u{202E}evil\u{FFFE} &amp; \"\u{301}<\u{338}"

  static func all(_ name: String) -> [Chart] {
    [
      distribution(name), exceedance(name), tornado(name), waterfall(name), pareto(name), cashFlow(name),
      heatMap(name), line(name),
    ]
      + [timeline(name)] + (graph(name).map { [$0] } ?? [])
  }

  static func distribution(_ name: String) -> Chart {
    DistributionChart(
      title: name, name: name, measure: .hours, values: [0, 0.5, 1, 1, 2, 40],
      limits: [DistributionChart.Mark(name, at: 8)], marks: [DistributionChart.Mark("p50", at: 1)]
    ).chart
  }

  static func exceedance(_ name: String) -> Chart {
    ExceedanceChart(
      title: name, [ExceedanceChart.Curve(name, losses: (1...1000).map { Double($0 % 100) * 1_000 })],
      lossName: name,
      measure: .money("USD")
    ).chart
  }

  static func tornado(_ name: String) -> Chart {
    let input = TornadoChart.Input(name, low: name, high: "8 %", atLow: -2_000, atHigh: 5_000)
    return TornadoChart(title: name, [input], now: 1_000, resultName: name, measure: .money("USD")).chart
  }

  static func waterfall(_ name: String) -> Chart {
    WaterfallChart(
      title: name, [WaterfallChart.Step(name, -40), WaterfallChart.Step("b", 100)], totalName: name,
      measure: .money("EUR")
    ).chart
  }

  static func pareto(_ name: String) -> Chart {
    let parts = (0..<14).map { ParetoChart.Part("\($0) \(name)", share: 1 / 14, amount: name) }
    return ParetoChart(title: name, parts).chart
  }

  static func cashFlow(_ name: String) -> Chart {
    let sums = CashFlowChart.Sums(name, [-100, -50, 0, 50], paybackMonths: 2)
    return CashFlowChart(title: name, [sums], currency: "USD").chart
  }

  static func line(_ name: String) -> Chart {
    LineChart(
      title: name,
      [
        LineChart.Series(
          name, [LineChart.Point(1, 4, in: 3...5), LineChart.Point(2, 2, in: 1...3)], showsPoints: true),
        LineChart.Series(name, [LineChart.Point(2, 1)], showsPoints: true),
      ], x: LineChart.AxisName(name, .count(""), labels: [1: name, 2: "b"]),
      y: LineChart.AxisName(name, .hours), marks: [LineChart.Mark(name, at: 2)]
    ).chart
  }

  static func heatMap(_ name: String) -> Chart {
    HeatMapChart(
      title: name, rows: [name, "b"], columns: [name, "y"], cells: [[1, 2], [.nan, 0]], measure: .count(name)
    ).chart
  }

  static func timeline(_ name: String) -> Chart {
    let stretch = TimelineChart.Stretch(startHours: 1, endHours: 2, isDown: true, tip: name)
    return TimelineChart(
      title: name, rows: [TimelineChart.Row(label: name, isService: true, stretches: [stretch])], hours: 24,
      ticks: [TimelineChart.Tick(name, atHours: 0)]
    ).chart
  }

  static func graph(_ name: String) -> Chart? {
    ServiceGraphChart(
      title: name,
      nodes: [
        ServiceGraphChart.Node(name, isService: true),
        ServiceGraphChart.Node("a\(name)", isSinglePoint: true),
        ServiceGraphChart.Node("b", remark: name),
      ],
      edges: [
        ServiceGraphChart.Edge(from: 0, to: 1, .hard), ServiceGraphChart.Edge(from: 0, to: 2, .soft),
        ServiceGraphChart.Edge(from: 1, to: 9, .choice),
      ]
    ).chart
  }
}
