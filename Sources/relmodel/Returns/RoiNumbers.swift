import Economics
import Quantities
import Reliability
import ServiceGraph
import ServiceModel
import Simulation
import Stochastics

/// The numbers of the models, and how the exact engine has the downtime of each design follow them.
struct RoiNumbers {
  /// A number and the multiples of what is stated that it goes through.
  struct Number {
    let factor: UncertainFactor
    let range: ClosedRange<Double>

    /// The factor on the parameters at a multiple of what the name says.
    func factor(at multiple: Double) -> Double { factor.dividesNamed ? 1 / multiple : multiple }
  }

  /// What is not known, from its 5th to its 95th percentile, and all others from half to twice; each once.
  let numbers: [Number]
  /// Numbers that are not moved.
  let held: [String]
  private let designs: [DesignResponse]

  /// - Throws: `TooLarge` when the exact engine can not solve a design.
  init(_ frame: RoiFrame) throws {
    let designs = try frame.designs.map { try DesignResponse($0, counted: frame.counted) }
    let known = frame.designs.flatMap { $0.uncertainNumbers.factors }
    let covered = Set(known.flatMap { $0.multiplied + $0.divided })
    var seen: Set<String> = []
    let believed = known.filter { seen.insert($0.name).inserted }.map { factor in
      Number(factor: factor, range: factor.multiples)
    }
    let others = designs.flatMap(\.response.parameters).filter {
      !covered.contains($0.name) && $0.value > 0 && seen.insert($0.name).inserted
    }
    numbers = believed + others.compactMap(Self.halfToTwice)
    held = designs.flatMap(\.response.held).filter { seen.insert($0).inserted }
    self.designs = designs
  }

  /// Lognormal with an error factor of 2: nine tenths lie between half and twice.
  private static func halfToTwice(_ parameter: ModelParameter) -> Number? {
    guard let law = try? Lognormal(median: 1, errorFactor: 2) else { return nil }
    return Number(
      factor: UncertainFactor(
        name: parameter.name, law: law, multiplied: [parameter.name], basis: "half to twice what is stated"),
      range: 0.5...min(2, parameter.maximum / parameter.value))
  }

  /// What the numbers are that all designs state alike, by name.
  var stated: [String: ModelParameter] {
    var known: [String: ModelParameter] = [:]
    for number in numbers {
      let values = designs.flatMap { $0.stated(number) }
      guard let first = values.first,
        values.allSatisfy({
          $0.quantity == first.quantity && abs($0.value - first.value) <= 1e-9 * first.value
        })
      else { continue }
      known[number.factor.name] = first
    }
    return known
  }

  /// How many times as long each design is down when a number is so many times what is stated; the base first.
  func downtime(_ number: Number, times multiple: Double) -> [Double] {
    designs.map { $0.ratio(number, times: multiple) }
  }

  /// The graphs of the designs, the base first, to be simulated with a number so many times what is stated.
  func graphs(_ number: Number, times multiple: Double) -> [CompiledGraph] {
    designs.map { $0.graph(number, times: multiple) }
  }
}

/// One design, as the exact engine has its downtime follow its numbers.
private struct DesignResponse {
  let response: DowntimeResponse
  private let compiled: CompiledGraph
  /// What is known of its numbers: it may write one number in other places than another design.
  private let believed: [UncertainFactor]
  /// The places of the capabilities that count, each with the price of an hour.
  private let weights: [(place: Int, weight: Double)]
  private let stated: Double

  init(_ design: RoiDesign, counted: [String]) throws {
    let graph = design.prepared.graph
    compiled = graph
    believed = design.uncertainNumbers.factors
    response = try design.prepared.explainingSize { () throws(SteadyState.TooLarge) in
      try DowntimeResponse(graph)
    }
    let places = graph.model.capabilities.enumerated().filter { counted.contains($0.element.name) }
    let prices = places.map { $0.element.downtimeCost?.perHour ?? 0 }
    let hasPrices = prices.contains { $0 > 0 }
    weights = zip(places, prices).map { ($0.offset, hasPrices ? $1 : 1) }
    stated = Self.sum(response.unavailabilities, weights)
  }

  private func own(_ number: RoiNumbers.Number) -> UncertainFactor {
    believed.first { $0.name == number.factor.name } ?? number.factor
  }

  /// What the number's name says, in each of its places: the parameter, or of a rate that is stated as the time between
  /// failures its reciprocal.
  func stated(_ number: RoiNumbers.Number) -> [ModelParameter] {
    let factor = own(number)
    let isReciprocal = factor.multiplied.isEmpty && !factor.dividesNamed
    let names = isReciprocal || factor.dividesNamed ? factor.divided : factor.multiplied
    return response.parameters.filter { names.contains($0.name) && $0.value > 0 }.map { parameter in
      guard isReciprocal, parameter.quantity == .hours else { return parameter }
      return ModelParameter(name: factor.name, quantity: .perHour, value: 1 / parameter.value)
    }
  }

  /// 1 where the design does not have the number.
  func ratio(_ number: RoiNumbers.Number, times multiple: Double) -> Double {
    guard stated > 0,
      let changed = try? response.unavailabilities(own(number), times: number.factor(at: multiple))
    else { return 1 }
    let ratio = Self.sum(changed, weights) / stated
    return ratio.isFinite ? ratio : 1
  }

  func graph(_ number: RoiNumbers.Number, times multiple: Double) -> CompiledGraph {
    let changed = try? UncertainGraph(compiled, factors: [own(number)])
    return changed?.graph([number.factor(at: multiple)]) ?? compiled
  }

  private static func sum(_ values: [Double], _ weights: [(place: Int, weight: Double)]) -> Double {
    weights.reduce(0) { $0 + values[$1.place] * $1.weight }
  }
}

extension UncertainFactor {
  /// From the 5th to the 95th percentile, as multiples of what is stated.
  var multiples: ClosedRange<Double> {
    let (low, high) = (law.quantile(0.05), law.quantile(0.95))
    guard low > 0, low < high, high.isFinite else { return 0.5...2 }
    return dividesNamed ? (1 / high)...(1 / low) : low...high
  }
}
