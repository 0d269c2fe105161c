import Charts
import Testing

@Suite("Numbers behind charts")
struct ChartNumberTests {
  @Test("shares of a histogram add up to 100 %, and its sums are the distribution function")
  func distribution() {
    let values = (1...1_000).map { Double($0) / 100 }
    let chart = DistributionChart(title: "t", name: "x", measure: .hours, values: values, marks: []).chart
    let sums = chart.data.rows.compactMap { $0[3].number }
    #expect(abs((sums.last ?? 0) - 1) < 1e-12)
    #expect(abs(chart.data.rows.compactMap { $0[2].number }.reduce(0, +) - 1) < 1e-12)
    #expect(sums == sums.sorted())
  }

  /// Of n equally probable years the k-th largest loss is reached with probability k / n.
  @Test("a loss exceedance curve is that of the sorted years")
  func exceedance() {
    let losses = (1...200).map { Double($0) }
    let chart = ExceedanceChart(
      title: "t", [ExceedanceChart.Curve("a", losses: losses.shuffledEvenly)], lossName: "cost",
      measure: .count("")
    ).chart
    let rows = chart.data.rows.map { ($0[0].number ?? 0, $0[1].number ?? 0) }
    #expect(rows.map(\.0) == [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005])
    #expect(rows.map(\.1) == [101, 161, 181, 191, 197, 199, 200])
  }

  @Test("worst years far beyond the common ones are drawn on powers of ten")
  func powersOfTen() {
    func drawn(_ worst: Double) -> String {
      ExceedanceChart(
        title: "t", [ExceedanceChart.Curve("a", losses: Array(repeating: 500, count: 98) + [0, worst])],
        lossName: "cost", measure: .money("USD")
      ).chart.inline(id: "c")
    }
    let plain = drawn(40_000)
    #expect(plain.contains(">$0<") && plain.contains(">$40,000<") && !plain.contains(">$100<"))
    let powers = drawn(60_000)
    #expect([">$10<", ">$100<", ">$1,000<", ">$10,000<", ">$100,000<"].allSatisfy(powers.contains))
    #expect(!powers.contains("inf") && !powers.contains("nan"))
  }

  /// Of 34 stretches five are down, as in a year of two servers that crash one at a time.
  @Test("a timeline counts outages, and apart from them what is only degraded")
  func outages() {
    func row(_ label: String, down: Int, degraded: Int) -> TimelineChart.Row {
      TimelineChart.Row(
        label: label, isService: true,
        stretches: (0..<down + degraded).map {
          TimelineChart.Stretch(
            startHours: Double($0), endHours: Double($0) + 0.5, isDown: $0 < down, tip: "")
        })
    }
    func summary(_ rows: [TimelineChart.Row]) -> String {
      TimelineChart(title: "t", rows: rows, hours: 8760, ticks: []).chart.summary
    }
    let service = row("service", down: 5, degraded: 29)
    let api = row("api/crash", down: 22, degraded: 0)
    #expect(
      summary([service, api, row("slow", down: 0, degraded: 3)])
        == "Outages over 8,760 h, how many each; stretches that were only degraded stand apart. "
        + "service: 5, degraded 29; api/crash: 22; slow: 0, degraded 3.")
    #expect(summary([api]) == "Outages over 8,760 h, how many each. api/crash: 22.")
  }

  @Test("a waterfall ends at the sum of its parts, a Pareto chart at 100 %")
  func sums() {
    let fall = SampleCharts.waterfall("net")
    #expect(fall.data.rows.last?[2].number == 60)
    let pareto = SampleCharts.pareto("part")
    #expect(pareto.data.rows.count == 13)
    #expect(abs((pareto.data.rows.last?[3].number ?? 0) - 1) < 1e-12)
  }

  @Test("parts that overlap are never added up")
  func overlapping() {
    let parts = ["a", "b", "c"].map { ParetoChart.Part($0, share: 0.66, amount: "") }
    let chart = ParetoChart(title: "t", parts).chart
    #expect(chart.summary == "A 66 %; b 66 %; c 66 %.")
    #expect(chart.data.rows.allSatisfy { $0[3].number == nil })
    #expect(!chart.inline(id: "c").contains("line1"))
  }

  @Test("a waterfall from a start ends at what is left")
  func fromStart() {
    let chart = WaterfallChart(
      title: "t", from: WaterfallChart.Step("today", 77),
      [WaterfallChart.Step("a", -30), WaterfallChart.Step("b", 2)],
      totalName: "left", measure: .hours, isLessBetter: true
    ).chart
    #expect(chart.data.rows.map { $0[2].number } == [77, 47, 49, 49])
    #expect(chart.summary == "Today 77 h; a −30 h, b +2 h; left 49 h.")
    let picture = chart.inline(id: "c")
    #expect(picture.contains("class=\"gain\"") && picture.contains("class=\"loss\""))
  }

  @Test("a line with intervals tells them, and places by their labels")
  func intervals() {
    let chart = SampleCharts.line("x")
    #expect(chart.data.columns == ["x", "x", "x, interval", "x"])
    #expect(
      chart.data.rows.map { $0.map(\.text) } == [
        ["x", "4 h", "3 h to 5 h", ""], ["b", "2 h", "1 h to 3 h", "1 h"],
      ])
    #expect(chart.summary == "X over x; x: 4 h, 3 h to 5 h at x, 2 h, 1 h to 3 h at b; x: 1 h at b; x.")
    #expect(chart.inline(id: "c").contains("path class=\"band0\""))
  }

  @Test("who hears a picture is told its name and what it shows, and no shape of it")
  func heard() {
    for chart in SampleCharts.all("x") {
      let picture = chart.inline(id: "c")
      #expect(picture.contains("aria-labelledby=\"c-t\" aria-describedby=\"c-d\""))
      #expect(
        picture.components("<g aria-hidden=\"true\">") == 2
          && chart.file.components("<g aria-hidden=\"true\"") == 2)
    }
  }

  @Test("a tornado has the strongest input first")
  func tornado() {
    let inputs = [
      TornadoChart.Input("weak", low: "1", high: "2", atLow: 9, atHigh: 11),
      TornadoChart.Input("strong", low: "1", high: "2", atLow: 20, atHigh: 1),
      TornadoChart.Input("unknown", low: "1", high: "2", atLow: .nan, atHigh: 1),
    ]
    let chart = TornadoChart(title: "t", inputs, now: 10, resultName: "value", measure: .count("")).chart
    #expect(chart.data.rows.map { $0[0].text } == ["strong", "weak"])
    #expect(chart.data.rows.map { $0[5].number } == [19, 2])
  }

  @Test("round steps", arguments: [(8.0, 4, 2.0), (9.0, 4, 5.0), (0.07, 4, 0.02), (1_000, 5, 200)])
  func roundSteps(_ length: Double, _ count: Int, _ expected: Double) {
    #expect(abs(RoundSteps.step(covering: length, atMost: count) - expected) < 1e-12)
  }

  @Test("a line of very many points stays a small picture")
  func thinned() {
    let points = (0..<200_000).map { LineChart.Point(Double($0), Double($0 % 7)) }
    let chart = LineChart(
      title: "t", [LineChart.Series("a", points)], x: LineChart.AxisName("x", .count("")),
      y: LineChart.AxisName("y", .count(""))
    ).chart
    #expect(chart.data.rows.count == 61)
    let smooth = LineChart(
      title: "t", [LineChart.Series("a", points.map { LineChart.Point($0.x, $0.x) })],
      x: LineChart.AxisName("x", .count("")), y: LineChart.AxisName("y", .count(""))
    ).chart
    #expect(smooth.file.utf8.count < 40_000)
  }
}

extension Array {
  /// The elements in another order, the same each time.
  fileprivate var shuffledEvenly: [Element] { indices.map { self[$0 * 7 % count] } }
}

extension String {
  /// The number of pieces between the occurrences of a part.
  fileprivate func components(_ part: String) -> Int {
    split(separator: part, omittingEmptySubsequences: false).count
  }
}
