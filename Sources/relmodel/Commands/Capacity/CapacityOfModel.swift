import ArgumentParser
import Billing
import Diagnostics
import FoundationEssentials
import IncidentHistory
import ModelFormat
import Planning
import Reports
import ServiceModel

/// `relmodel capacity MODEL`.
struct CapacityOfModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Pools, connections and demands of a model, the first to be full first.",
    discussion: """
      relmodel capacity models/checkout.relmodel.yaml
      relmodel capacity models/jivs/target.relmodel.yaml --units backend=9,10,13
      relmodel capacity models/checkout.relmodel.yaml --growth 20 % --growth-range 10 % 30 % --from 2026-11-22
      """)

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var prices: PriceOptions

  @Option(help: "The same with other numbers of units: backend=9,10,13.")
  var units: String?

  @Option(
    parsing: .upToNextOption,
    help: "By how much all that is asked grows in a year, in place of what the model states.")
  var growth: [String] = []

  @Option(parsing: .upToNextOption, help: "The least and the most growth, for the range of dates: 10 % 30 %.")
  var growthRange: [String] = []

  @Option(help: "Today, for dates in place of years: 2026-11-22.")
  var from: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !growthRange.isEmpty, growth.isEmpty {
      throw ValidationError("--growth-range needs the growth that is expected: --growth 20 %")
    }
    _ = try outlook()
    _ = try counts()
  }

  func run() throws {
    let report = CapacityReport(
      try model(adding: []), outlook: try outlook(), variants: try variants())
    guard !report.isEmpty else {
      throw Findings([
        Diagnostic(
          slug: "no-capacity", "this model states no demand, no pool and no requests of nodes", at: nil,
          help: "capabilities: {service: {demand: {backend: 2.5}}}")
      ])
    }
    try output.print(report.document, json: report.json)
  }

  /// The model, with what its machines have where it does not say what they have for units.
  private func model(adding further: [String], isQuiet: Bool = false) throws -> Model {
    let stated = try modelOptions.reading(adding: further).model
    guard stated.leavesRoomToMachines else { return stated }
    let (model, taken) = stated.withRoomOfMachines(try prices.book(for: stated))
    if !output.quiet, !isQuiet {
      for text in taken { Terminal.writeError("note: \(text); allocatable: states less\n") }
    }
    return model
  }

  // MARK: Other numbers of units

  private func variants() throws -> [CapacityVariant] {
    guard let (component, numbers) = try counts() else { return [] }
    return try numbers.map { number in
      let path = "components/\(component)/replicas/count=\(number)"
      return CapacityVariant(
        try model(adding: [path], isQuiet: true), component: component, units: number)
    }
  }

  private func counts() throws -> (component: String, numbers: [Int])? {
    guard let units else { return nil }
    let parts = units.split(separator: "=", maxSplits: 1)
    let numbers = parts.count == 2 ? parts[1].split(separator: ",").map { Int($0) } : []
    guard let name = parts.first, !numbers.isEmpty, numbers.allSatisfy({ $0 ?? 0 >= 1 }) else {
      throw ValidationError("--units: “\(units)”; expected a component and numbers, such as backend=9,10,13")
    }
    return (String(name), numbers.compactMap { $0 })
  }

  // MARK: Growth

  private func outlook() throws -> CapacityOutlook {
    var outlook = CapacityOutlook()
    outlook.growthPerYear = try growth.isEmpty ? nil : share("--growth", growth.joined(separator: " "))
    outlook.range = try range()
    if let from {
      guard let date = try? TimeText.date(from, zone: .gmt) else {
        throw ValidationError("--from: “\(from)” is no date; for example 2026-11-22")
      }
      outlook.today = date.timeIntervalSince1970 / 86_400
    }
    if let range = outlook.range, let growth = outlook.growthPerYear, !range.contains(growth) {
      throw ValidationError("--growth-range does not hold the growth that is expected")
    }
    return outlook
  }

  private func range() throws -> ClosedRange<Double>? {
    guard !growthRange.isEmpty else { return nil }
    let ends = try growthRange.filter { $0 != "%" }.map { try share("--growth-range", $0 + " %") }
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw ValidationError("--growth-range: expected the least and the most, such as 10 % 30 %")
    }
    return ends[0]...ends[1]
  }

  /// `20 %` as 0.2; also less than none.
  private func share(_ option: String, _ text: String) throws -> Double {
    let number = text.filter { $0 != "%" && $0 != " " }
    guard text.contains("%"), let percent = Double(number), percent > -100, percent <= 1_000_000 else {
      throw ValidationError("\(option): “\(text)” is no growth; for example 20 %")
    }
    return percent / 100
  }
}
