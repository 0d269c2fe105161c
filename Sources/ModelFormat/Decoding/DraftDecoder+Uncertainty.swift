internal import Diagnostics
internal import Quantities
internal import ServiceModel
internal import Stochastics

extension DraftDecoder {
  /// Every number that is stated with what is believed of it, in the order of the file.
  mutating func uncertainties(in declaration: Declaration) -> [ParameterUncertainty] {
    var found: [ParameterUncertainty] = []
    var pending: [(path: [String], declaration: Declaration)] = [([], declaration)]
    while let (path, next) = pending.popLast() {
      if let stated = next["uncertain"], next["value"] != nil {
        if let one = uncertainty(Reading(stated), of: Reading(next), path: path) { found.append(one) }
        continue
      }
      for entry in next.entries ?? [] { pending.append((path + [entry.key.value], entry.value)) }
      for (number, item) in (next.items ?? []).enumerated() {
        pending.append((path + ["\(number + 1)"], item))
      }
    }
    return found.sorted { ($0.location, $0.path) < ($1.location, $1.path) }
  }

  /// The law of the factor on a value: lognormal, by the error factor, or by the 5 % and 95 % points.
  private mutating func uncertainty(
    _ stated: Reading, of value: Reading, path: [String]
  ) -> ParameterUncertainty? {
    let factor: any Distribution
    do throws(InvalidParameter) {
      factor = try law(stated, of: value, key: path.last ?? "")
    } catch {
      laws.findings.append(
        Diagnostic(slug: "bad-uncertainty", error.message, at: stated.location, help: "error-factor: 3"))
      return nil
    }
    return ParameterUncertainty(
      path: path.joined(separator: "/"), factor: factor, location: value.location)
  }

  private func law(
    _ stated: Reading, of value: Reading, key: String
  ) throws(InvalidParameter) -> any Distribution {
    if let factor = stated["error-factor"]?.number {
      return try factor > 1 ? Lognormal(median: 1, errorFactor: factor) : Deterministic(value: 1)
    }
    guard let middle = size(value, key: key), let low = stated["low"].flatMap({ size($0, key: key) }),
      let high = stated["high"].flatMap({ size($0, key: key) })
    else { throw InvalidParameter(message: "low: and high: are not of the kind of the value") }
    // What is missing from 1 is largest where the number is smallest.
    let isMissing = key == "availability" || key == "works"
    let (least, most) = isMissing ? (high, low) : (low, high)
    guard least <= most else { throw InvalidParameter(message: "low: is above high:") }
    guard least > 0, middle > 0 else {
      throw InvalidParameter(message: "a factor on the value needs low:, high: and the value above 0")
    }
    guard least <= middle, middle <= most else {
      throw InvalidParameter(message: "the value is not between low: and high:")
    }
    guard least < most else { return try Deterministic(value: 1) }
    return try Lognormal(
      median: (least * most).squareRoot() / middle, errorFactor: (most / least).squareRoot())
  }

  /// What the factor multiplies: hours, failures per hour, a share; what is missing from 1 of what is good.
  private func size(_ reading: Reading, key: String) -> Double? {
    if key == "availability" { return reading.availability?.unavailability }
    if let span = reading.duration { return span.hours }
    if let rate = reading.rate { return rate.perHour }
    if let size = reading.dataSize { return size.bytes }
    if let rate = reading.text.flatMap({ try? DataRate(parsing: $0) }) { return rate.bytesPerHour }
    let probability = reading.probability?.value
    return key == "works" ? probability?.complement : probability?.value
  }
}
