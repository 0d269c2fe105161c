/// What one parameter at a time does to a result, from a low to a high value.
public struct Tornado: Sendable {
  /// One parameter.
  public struct Bar: Sendable, Hashable {
    /// The parameter's name.
    public let name: String
    /// Its low value.
    public let low: Double
    /// Its high value.
    public let high: Double
    /// The result at its low value.
    public let resultAtLow: Double
    /// The result at its high value.
    public let resultAtHigh: Double

    /// How far apart the two results are.
    public var swing: Double { abs(resultAtHigh - resultAtLow) }
  }

  /// A parameter and the values between which it is varied.
  public struct Range: Sendable, Hashable {
    /// The parameter's place among the values.
    public let place: Int
    /// Its name.
    public let name: String
    /// The low value.
    public let low: Double
    /// The high value.
    public let high: Double

    /// A parameter and its range.
    public init(place: Int, name: String, low: Double, high: Double) {
      self.place = place
      self.name = name
      self.low = low
      self.high = high
    }
  }

  /// The result when no parameter is varied.
  public let base: Double
  /// The parameters that matter, the widest swing first.
  public let bars: [Bar]

  /// The tornado of every result: all others stay at their base values.
  ///
  /// - Parameters:
  ///   - base: the base value of every parameter.
  ///   - ranges: what is varied.
  ///   - evaluate: the results for values of all parameters.
  /// - Returns: one for each result; bars without a swing, or without a value, are left out.
  public static func tornadoes(
    base: [Double], ranges: [Range], _ evaluate: ([Double]) -> [Double]
  ) -> [Tornado] {
    let results = evaluate(base)
    let varied = ranges.map { range in
      (
        low: evaluate(base.setting(range.place, to: range.low)),
        high: evaluate(base.setting(range.place, to: range.high))
      )
    }
    return results.indices.map { output in
      let bars = zip(ranges, varied).map { range, ends in
        Bar(
          name: range.name, low: range.low, high: range.high, resultAtLow: ends.low[output],
          resultAtHigh: ends.high[output])
      }
      return Tornado(
        base: results[output],
        bars: bars.filter { $0.swing > 0 && $0.swing.isFinite }
          .sorted { $0.swing != $1.swing ? $0.swing > $1.swing : $0.name < $1.name })
    }
  }
}

/// How a result answers to a small relative change of a parameter.
public struct Elasticity: Sendable, Hashable {
  /// The parameter's name.
  public let name: String
  /// ∂ ln y / ∂ ln x: one per cent more of the parameter changes the result by so many per cent.
  public let value: Double

  /// The elasticities of every result at the base values by central differences of ln y over ln x, with Richardson's
  /// extrapolation from two steps; the error is of the fourth order of the step.
  ///
  /// - Parameters:
  ///   - base: the base value of every parameter; one that is 0 has the elasticity 0.
  ///   - names: the parameters' names.
  ///   - step: the relative step.
  ///   - evaluate: the results for values of all parameters; a result that is 0 has no elasticities.
  public static func byDifferences(
    base: [Double], names: [String], step: Double = 1e-3, _ evaluate: ([Double]) -> [Double]
  ) -> [[Elasticity]] {
    let results = evaluate(base)
    var elasticities = [[Elasticity]](repeating: [], count: results.count)
    for (place, name) in names.enumerated() {
      let slopes = [step, 2 * step].map { step in
        let more = evaluate(base.setting(place, to: base[place] * (1 + step)))
        let less = evaluate(base.setting(place, to: base[place] * (1 - step)))
        return zip(more, less).map { ($0 - $1) / (2 * step) }
      }
      for output in results.indices where results[output] != 0 {
        let slope = (4 * slopes[0][output] - slopes[1][output]) / 3
        elasticities[output].append(Elasticity(name: name, value: slope / results[output]))
      }
    }
    return elasticities
  }
}

extension [Double] {
  /// The same values but for one.
  func setting(_ place: Int, to value: Double) -> [Double] {
    var changed = self
    changed[place] = value
    return changed
  }
}
