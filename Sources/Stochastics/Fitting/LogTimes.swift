/// The logarithms of a sample's times, less that of the largest: what all the likelihoods are computed from.
///
/// Every number is at most 0, so no power of a time overflows however large the shape. The logarithms are taken once.
struct LogTimes: Sendable {
  /// y = log((t − location) / largest), the failures first.
  let logs: [Double]

  /// How many of `logs` are failures.
  let failureRows: Int

  /// How often each was observed; empty when each was once.
  let counts: [Double]

  /// The logarithm of the largest time after the location.
  let top: Double

  /// The number of failures, d.
  let failures: Double

  /// Σ y over the failures.
  let failureSum: Double

  /// - Parameters:
  ///   - sample: at least one failure.
  ///   - location: below every failure; a censored time of at most this says nothing and is left out.
  init(_ sample: CensoredSample, location: Double = 0) {
    let (times, rows) = Self.times(of: sample, beyond: location)
    counts = sample.counts.isEmpty ? [] : rows.map { Double(sample.counts[$0]) }
    failureRows = sample.failureRows
    failures = Double(sample.failures)
    let largest = times.max() ?? 1
    top = portableLog(largest)
    logs = logarithmsOfShares(times, of: largest)
    failureSum = weightedSum(logs[..<failureRows], counts) { $0 }
  }

  /// The times after the location and the rows they come from.
  private static func times(
    of sample: CensoredSample, beyond location: Double
  ) -> (times: [Double], rows: [Int]) {
    if location == 0 { return (sample.times, sample.counts.isEmpty ? [] : Array(sample.times.indices)) }
    let rows = sample.times.indices.filter { $0 < sample.failureRows || sample.times[$0] > location }
    return (rows.map { sample.times[$0] - location }, rows)
  }

  /// What turns the log-likelihood of the y into that of the times: −Σ log t over the failures.
  var jacobian: Double { -failureSum - failures * top }

  /// The logarithms of the censored times.
  var censored: ArraySlice<Double> { logs[failureRows...] }

  /// How often the censored times were observed; empty when each was once.
  var censoredCounts: ArraySlice<Double> { counts.isEmpty ? [] : counts[failureRows...] }

  /// Σ w f(y) and Σ w g(y) over the censored rows, for a function that gives both.
  func censoredSums(_ terms: (Double) -> (Double, Double)) -> (Double, Double) {
    var sums = (0.0, 0.0)
    for row in failureRows..<logs.count {
      let (first, second) = terms(logs[row])
      let weight = counts.isEmpty ? 1 : counts[row]
      sums.0 += weight * first
      sums.1 += weight * second
    }
    return sums
  }

  /// The same sample with equal censored times in one row, which pays where a row is dear and many end together.
  func withCensoredTogether() -> LogTimes {
    let order = (failureRows..<logs.count).sorted { logs[$0] < logs[$1] }
    var (kept, weights): ([Int], [Double]) = ([], [])
    for row in order {
      let weight = counts.isEmpty ? 1 : counts[row]
      if let last = kept.last, logs[last] == logs[row] {
        weights[weights.count - 1] += weight
      } else {
        kept.append(row)
        weights.append(weight)
      }
    }
    guard kept.count < order.count else { return self }
    let failed = counts.isEmpty ? Array(repeating: 1, count: failureRows) : Array(counts[..<failureRows])
    return LogTimes(self, rows: Array(0..<failureRows) + kept, counts: failed + weights)
  }

  /// Whether all failures have one time and nothing was observed for longer.
  var showsNoSpread: Bool {
    logs[..<failureRows].allSatisfy { $0 == 0 }
  }

  /// Mean and variance of y over the failures.
  var failureMoments: (mean: Double, variance: Double) {
    let mean = failureSum / failures
    let squares = weightedSum(logs[..<failureRows], counts) { ($0 - mean) * ($0 - mean) }
    return (mean, squares / failures)
  }

  /// About `rows` of the rows, evenly spread over both failures and censored.
  func thinned(to rows: Int) -> LogTimes {
    let step = max(1, logs.count / rows)
    let kept =
      Array(stride(from: 0, to: failureRows, by: step)) + stride(from: failureRows, to: logs.count, by: step)
    return LogTimes(self, rows: kept)
  }

  private init(_ other: LogTimes, rows: [Int], counts newCounts: [Double]? = nil) {
    logs = rows.map { other.logs[$0] }
    failureRows = rows.prefix { $0 < other.failureRows }.count
    counts = newCounts ?? (other.counts.isEmpty ? [] : rows.map { other.counts[$0] })
    top = other.top
    failures = counts.isEmpty ? Double(failureRows) : counts[..<failureRows].reduce(0, +)
    failureSum = weightedSum(logs[..<failureRows], counts) { $0 }
  }
}

/// Σ w f(x), in blocks so that rounding does not grow with the number of rows; all weights are 1 when there are none.
func weightedSum<Values: RandomAccessCollection<Double>>(
  _ values: Values, _ weights: some RandomAccessCollection<Double>, _ term: (Double) -> Double
) -> Double {
  var total = 0.0
  var block = 0.0
  var rows = 0
  var weight = weights.startIndex
  for value in values {
    if weights.isEmpty {
      block += term(value)
    } else {
      block += weights[weight] * term(value)
      weights.formIndex(after: &weight)
    }
    rows += 1
    if rows % 1024 == 0 {
      total += block
      block = 0
    }
  }
  return total + block
}

/// log(t / largest) of each, at most 0.
private func logarithmsOfShares(_ times: [Double], of largest: Double) -> [Double] {
  Array(unsafeUninitializedCapacity: times.count) { output, count in
    times.withUnsafeBytes { bytes in
      let target = UnsafeMutableRawBufferPointer(output)
      let stride = MemoryLayout<SIMD8<Double>>.stride
      var offset = 0
      while offset + stride <= bytes.count {
        let shares = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self) / largest
        // Below the smallest normal number the lanes' logarithm is not one.
        if (shares .< Double.leastNormalMagnitude) == SIMDMask(repeating: false) {
          target.storeBytes(of: logarithms(shares), toByteOffset: offset, as: SIMD8<Double>.self)
        } else {
          for lane in 0..<8 {
            output[offset / 8 + lane] = portableLog(times[offset / 8 + lane]) - portableLog(largest)
          }
        }
        offset += stride
      }
      for row in (offset / 8)..<times.count { output[row] = portableLog(times[row]) - portableLog(largest) }
    }
    count = times.count
  }
}
