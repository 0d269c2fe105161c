public import Stochastics

/// Which inputs the variance of a result comes from (Sobol).
public struct SobolIndices: Sendable {
  /// The share of one input.
  public struct Index: Sendable, Hashable {
    /// The input's name.
    public let name: String
    /// The share of the variance that goes when this input alone is known: Var(E[y | xᵢ]) / Var(y).
    public let first: Estimate
    /// The share of the variance that stays when all other inputs are known, interactions counted in:
    /// E[Var(y | x without xᵢ)] / Var(y).
    public let total: Estimate
  }

  /// The variance of the result.
  public let variance: Double
  /// The shares, in the order of the inputs.
  public let indices: [Index]

  /// The indices of every result.
  ///
  /// First order by Saltelli's estimator on centred values, total order by Jansen's, from two independent samples A
  /// and B and the samples A with one column of B: samples × (inputs + 2) evaluations. Intervals are normal, with the
  /// standard deviation of a bootstrap over the rows.
  ///
  /// Source: Saltelli, Annoni, Azzini, Campolongo, Ratto and Tarantola, *Variance based sensitivity analysis of model
  /// output*, Computer Physics Communications 181 (2010), table 2 (b) and (f).
  ///
  /// - Parameters:
  ///   - inputs: what is uncertain, independent of each other, with different names.
  ///   - samples: rows of each sample, at least 2; an interval shrinks with their square root.
  ///   - seed: the same seed gives the same bits.
  ///   - outputs: how many results there are.
  ///   - resamples: how many bootstrap samples.
  ///   - evaluate: the results for values of the inputs, in their order.
  /// - Returns: for each result its indices; `nil` when it does not vary, or some row has no value.
  public static func estimates(
    of inputs: [UncertainInput], samples: Int, seed: UInt64, outputs: Int, resamples: Int = 200,
    confidence: Double = 0.95, _ evaluate: ([Double]) -> [Double]
  ) -> [SobolIndices?] {
    let columnsA = inputs.map { $0.draws(samples, seed: seed) }
    let columnsB = inputs.map { $0.draws(samples, seed: seed, set: 1) }
    let rowsA = (0..<samples).map { row in columnsA.map { $0[row] } }
    let resultsA = rowsA.map(evaluate)
    let resultsB = (0..<samples).map { row in evaluate(columnsB.map { $0[row] }) }
    let bootstrap = Bootstrap(rows: samples, resamples: resamples, seed: seed)
    let analyses = (0..<outputs).map { output in
      SobolSample(a: resultsA.map { $0[output] }, b: resultsB.map { $0[output] }, bootstrap: bootstrap)
    }
    var indices = [[Index]](repeating: [], count: outputs)
    var isDefined = analyses.map { $0 != nil }
    for (column, input) in inputs.enumerated() {
      let mixed = (0..<samples).map { row in
        var values = rowsA[row]
        values[column] = columnsB[column][row]
        return evaluate(values)
      }
      for (output, analysis) in analyses.enumerated() {
        guard let analysis else { continue }
        let values = mixed.map { $0[output] }
        guard values.allSatisfy(\.isFinite) else {
          isDefined[output] = false
          continue
        }
        indices[output].append(analysis.index(of: input.name, mixed: values, confidence: confidence))
      }
    }
    return analyses.enumerated().map { output, analysis in
      guard let analysis, isDefined[output] else { return nil }
      return SobolIndices(variance: analysis.variance, indices: indices[output])
    }
  }
}

/// Rows drawn with replacement, the same for every index, so that their errors go together.
private struct Bootstrap {
  let rows: [[UInt32]]

  init(rows count: Int, resamples: Int, seed: UInt64) {
    let key = ProcessKey(name: "bootstrap")
    rows = (0..<resamples).map { resample in
      var stream = RandomStream(seed: seed, process: key, replication: UInt32(truncatingIfNeeded: resample))
      return (0..<count).map { _ in UInt32(stream.nextBits() % UInt64(count)) }
    }
  }
}

/// The results of the samples A and B, centred.
private struct SobolSample {
  let a: [Double]
  let b: [Double]
  let variance: Double
  private let mean: Double
  private let bootstrap: Bootstrap
  /// The variance of each bootstrap sample.
  private let variances: [Double]

  init?(a: [Double], b: [Double], bootstrap: Bootstrap) {
    guard a.count > 1, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else { return nil }
    let mean = (a.reduce(0, +) + b.reduce(0, +)) / Double(2 * a.count)
    let (centredA, centredB) = (a.map { $0 - mean }, b.map { $0 - mean })
    self.a = centredA
    self.b = centredB
    self.mean = mean
    self.bootstrap = bootstrap
    variance = Self.variance(centredA, centredB, rows: nil)
    guard variance > 0, variance.isFinite else { return nil }
    variances = bootstrap.rows.map { Self.variance(centredA, centredB, rows: $0) }
  }

  private static func variance(_ a: [Double], _ b: [Double], rows: [UInt32]?) -> Double {
    var sum = 0.0
    var squares = 0.0
    func add(_ row: Int) {
      sum += a[row] + b[row]
      squares += a[row] * a[row] + b[row] * b[row]
    }
    if let rows { for row in rows { add(Int(row)) } } else { for row in a.indices { add(row) } }
    let count = Double(2 * a.count)
    return max(0, squares - sum * sum / count) / (count - 1)
  }

  /// The index of an input from the results of A with the input's column of B.
  func index(of name: String, mixed: [Double], confidence: Double) -> SobolIndices.Index {
    let shift = mixed.indices.map { mixed[$0] - mean - a[$0] }
    let firsts = shift.indices.map { b[$0] * shift[$0] }
    let totals = shift.map { $0 * $0 / 2 }
    return SobolIndices.Index(
      name: name, first: estimate(firsts, confidence: confidence),
      total: estimate(totals, confidence: confidence))
  }

  /// The mean of terms over the variance, with the interval of the bootstrap.
  private func estimate(_ terms: [Double], confidence: Double) -> Estimate {
    let count = Double(terms.count)
    let value = terms.reduce(0, +) / count / variance
    var sum = 0.0
    var squares = 0.0
    for (rows, variance) in zip(bootstrap.rows, variances) where variance > 0 {
      let resampled = rows.reduce(0.0) { $0 + terms[Int($1)] } / count / variance - value
      sum += resampled
      squares += resampled * resampled
    }
    let resamples = Double(max(2, variances.count))
    let deviation = (max(0, squares - sum * sum / resamples) / (resamples - 1)).squareRoot()
    let half = normalQuantile((1 + confidence) / 2) * deviation
    return Estimate(value: value, low: value - half, high: value + half, confidence: confidence)
  }
}
