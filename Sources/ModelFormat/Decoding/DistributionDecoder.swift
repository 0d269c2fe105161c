internal import Diagnostics
internal import Quantities
internal import Recovery
internal import Stochastics

/// Reads laws of durations, in hours.
///
/// The grammar knows each parameter's type; what two parameters mean together (a minimum above a maximum) is
/// the law's own business, and its complaint is located here.
struct DistributionDecoder {
  var findings: [Diagnostic] = []
  /// The laws of the model's procedures, by name.
  var procedures: [String: ProcedureLaw] = [:]
  /// The names of all procedures that the model states, whether or not there is something wrong with them.
  var statedProcedures: Set<String> = []
  /// The procedure whose steps are read; `nil` beside them.
  var procedureRead: String?
  /// The names of procedures that a duration asked for.
  private(set) var usedProcedures: Set<String> = []
  /// Those that steps of procedures asked for.
  private(set) var nestedProcedures = NestedProcedures()

  /// The law under a reading; `nil` after a finding.
  mutating func law(_ reading: Reading) -> (any Distribution)? {
    if let name = reading["procedure"]?.locatedText { return procedureLaw(name) }
    if let finding = disorder(in: reading) {
      findings.append(finding)
      return nil
    }
    do throws(InvalidParameter) {
      return try parse(reading)
    } catch {
      findings.append(
        Diagnostic(slug: "bad-distribution", "\(error.message) (durations in hours)", at: reading.location))
      return nil
    }
  }

  private mutating func procedureLaw(_ name: Located<String>) -> (any Distribution)? {
    usedProcedures.insert(name.value)
    if let law = procedures[name.value] { return law }
    let known = statedProcedures.sorted()
    guard !statedProcedures.contains(name.value) else {
      // Beside the steps, what is wrong with it has been told.
      if let procedureRead { nestedProcedures.add(name, in: procedureRead) }
      return nil
    }
    let listing =
      known.isEmpty ? "there is none" : "known: \(known.prefix(12).joined(separator: ", "))"
    findings.append(
      Diagnostic(
        slug: "unknown-name", "\(name.value) is no procedure of this model; \(listing)", at: name.location,
        help: nearestName(to: name.value, among: known).map { "did you mean \($0)?" }))
    return nil
  }

  /// Parameters that have to grow, in the words they were written in: `min: 5 min` above `max: 1 min`.
  private func disorder(in reading: Reading) -> Diagnostic? {
    for entry in reading.entries {
      let parameters = ["min", "median", "mode", "p90", "max"].compactMap { key in
        entry.value[key].flatMap { value in value.duration.map { (key, $0, value) } }
      }
      for (lower, upper) in zip(parameters, parameters.dropFirst()) where lower.1 > upper.1 {
        return Diagnostic(
          slug: "bad-distribution",
          "\(lower.0): \(lower.1.exactText) is above \(upper.0): \(upper.1.exactText)",
          at: upper.2.location)
      }
    }
    return nil
  }

  private func parse(_ reading: Reading) throws(InvalidParameter) -> any Distribution {
    if let span = reading.duration { return try Deterministic(value: span.hours) }
    for entry in reading.entries where entry.name.value != "source" {
      return try law(named: entry.name.value, entry.value)
    }
    throw InvalidParameter(
      message: "expected a duration such as 35 min, or a law such as {exponential: 20 min}")
  }

  private func law(named name: String, _ reading: Reading) throws(InvalidParameter) -> any Distribution {
    switch name {
    case "deterministic": try Deterministic(value: reading.duration?.hours ?? .nan)
    case "exponential": try Exponential(mean: reading.duration?.hours ?? .nan)
    case "weibull": try weibull(reading)
    case "gamma": try gamma(reading)
    case "lognormal": try lognormal(reading)
    case "uniform": try Uniform(minimum: hours(reading, "min"), maximum: hours(reading, "max"))
    case "triangular":
      try Triangular(
        minimum: hours(reading, "min"), mode: hours(reading, "mode"), maximum: hours(reading, "max"))
    case "pert":
      try PERT(minimum: hours(reading, "min"), mode: hours(reading, "mode"), maximum: hours(reading, "max"))
    case "empirical": try Empirical(values: reading.items.map { $0.duration?.hours ?? .nan })
    default: try mixture(reading)
    }
  }

  private func hours(_ reading: Reading, _ key: String) -> Double { reading[key]?.duration?.hours ?? .nan }

  private func weibull(_ reading: Reading) throws(InvalidParameter) -> any Distribution {
    let shape = reading["shape"]?.number ?? .nan
    guard reading["mean"] != nil else { return try Weibull(shape: shape, scale: hours(reading, "scale")) }
    return try Weibull(shape: shape, mean: hours(reading, "mean"))
  }

  private func gamma(_ reading: Reading) throws(InvalidParameter) -> any Distribution {
    let shape = reading["shape"]?.number ?? .nan
    guard reading["mean"] != nil else { return try Gamma(shape: shape, scale: hours(reading, "scale")) }
    return try Gamma(shape: shape, mean: hours(reading, "mean"))
  }

  private func lognormal(_ reading: Reading) throws(InvalidParameter) -> any Distribution {
    if reading["p90"] != nil {
      return try Lognormal(median: hours(reading, "median"), p90: hours(reading, "p90"))
    }
    if let factor = reading["error-factor"]?.number {
      return try Lognormal(median: hours(reading, "median"), errorFactor: factor)
    }
    return try Lognormal(mean: hours(reading, "mean"), standardDeviation: hours(reading, "sd"))
  }

  private func mixture(_ reading: Reading) throws(InvalidParameter) -> any Distribution {
    var weights: [Double] = []
    var components: [any Distribution] = []
    for part in reading.items {
      weights.append(part["weight"]?.probability?.value.value ?? .nan)
      guard let takes = part["takes"] else { continue }
      components.append(try parse(takes))
    }
    let total = weights.reduce(0, +)
    guard abs(total - 1) < 1e-9 else {
      throw InvalidParameter(
        message: "the weights of a mixture add up to \(significant(total * 100, digits: 4)) %; expected 100 %"
      )
    }
    return try Mixture(weights: weights, components: components)
  }

  /// The automatic step, and what happens when it does not work.
  mutating func recovery(_ reading: Reading) -> (any Distribution)? {
    guard let works = reading["works"]?.probability?.value, let takes = reading["takes"],
      let otherwise = reading["otherwise"]
    else { return law(reading) }
    guard let quick = law(takes), let slow = law(otherwise) else { return nil }
    if works.complement == 0 { return quick }
    if works.value == 0 { return slow }
    do throws(InvalidParameter) {
      return try Mixture(weights: [works.value, works.complement], components: [quick, slow])
    } catch {
      findings.append(Diagnostic(slug: "bad-distribution", error.message, at: reading.location))
      return nil
    }
  }
}
