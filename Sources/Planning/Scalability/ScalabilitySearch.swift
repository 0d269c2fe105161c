/// The search for the law with some of its parameters held at 0, by Levenberg and Marquardt.
///
/// Source: Marquardt 1963; Nocedal and Wright, "Numerical optimization", 2nd edition 2006, section 10.3.
struct ScalabilitySearch {
  struct Best {
    let law: ScalabilityLaw
    /// 0 is α, 1 is β, 2 is γ.
    let free: [Int]
    let squaredResiduals: Double
    let normal: [[Double]]

    /// The standard error of each free parameter, σ √((JᵀJ)⁻¹ᵢᵢ); `nil` where it can not be told.
    func standardErrors(degreesOfFreedom: Int) -> [Int: Double] {
      guard degreesOfFreedom > 0, let inverse = inverse(ofPositiveDefinite: normal) else { return [:] }
      let variance = squaredResiduals / Double(degreesOfFreedom)
      return Dictionary(
        uniqueKeysWithValues: free.enumerated().map { place, index in
          (index, (variance * inverse[place][place]).squareRoot())
        })
    }
  }

  private let measurements: [ThroughputMeasurement]
  private let free: [Int]

  init(_ measurements: [ThroughputMeasurement], isFree: [Bool]) {
    self.measurements = measurements
    free = isFree.indices.filter { isFree[$0] } + [2]
  }

  /// The best law; `nil` where it would need a negative α or β.
  func best() -> Best? {
    guard var values = start() else { return nil }
    var loss = squares(values)
    var damping = 1e-3
    for _ in 0..<500 {
      let (normal, gradient) = normalEquations(values)
      let damped = normal.indices.map { row in
        normal.indices.map { normal[row][$0] * (row == $0 ? 1 + damping : 1) }
      }
      guard let inverse = inverse(ofPositiveDefinite: damped) else { break }
      let step = product(inverse, gradient)
      let next = zip(values, step).map { $0 + $1 }
      let nextLoss = squares(next)
      if nextLoss < loss {
        let isDone = loss - nextLoss <= 1e-15 * loss
        (values, loss, damping) = (next, nextLoss, max(1e-12, damping / 10))
        if isDone { break }
      } else {
        damping *= 10
        if damping > 1e12 { break }
      }
    }
    let found = law(values)
    guard found.contention >= 0, found.coherency >= 0, found.single > 0 else { return nil }
    return Best(law: found, free: free, squaredResiduals: loss, normal: normalEquations(values).0)
  }

  private func law(_ values: [Double]) -> ScalabilityLaw {
    var all = [0.0, 0.0, 0.0]
    for (place, index) in free.enumerated() { all[index] = values[place] }
    return ScalabilityLaw(contention: all[0], coherency: all[1], single: all[2])
  }

  /// N/X = (1 + α (N − 1) + β N (N − 1))/γ is linear in 1/γ, α/γ, β/γ; weights X⁴/N² make its errors those of X.
  private func start() -> [Double]? {
    var normal = free.map { _ in free.map { _ in 0.0 } }
    var right = free.map { _ in 0.0 }
    for item in measurements {
      let row = free.map { [item.load - 1, item.load * (item.load - 1), 1][$0] }
      let weight = item.throughput * item.throughput / item.load
      for (place, value) in row.enumerated() {
        right[place] += weight * weight * value * item.load / item.throughput
        for other in row.indices { normal[place][other] += weight * weight * value * row[other] }
      }
    }
    guard let inverse = inverse(ofPositiveDefinite: normal) else { return nil }
    let solution = product(inverse, right)
    let last = solution[solution.count - 1]
    let largest = measurements.map { $0.throughput / $0.load }.max() ?? 1
    guard last > 0 else { return free.map { $0 == 2 ? largest : 1e-3 } }
    return free.indices.map { free[$0] == 2 ? 1 / last : solution[$0] / last }
  }

  private func squares(_ values: [Double]) -> Double {
    let law = law(values)
    return measurements.reduce(0) { sum, item in
      let bottom = law.denominator(item.load)
      guard bottom > 0 else { return .infinity }
      let residual = item.throughput - law.throughput(at: item.load)
      return sum + residual * residual
    }
  }

  /// JᵀJ and Jᵀr, J the derivatives of X by the free parameters: −X (N − 1)/d, −X N (N − 1)/d, X/γ.
  private func normalEquations(_ values: [Double]) -> ([[Double]], [Double]) {
    let law = law(values)
    var normal = free.map { _ in free.map { _ in 0.0 } }
    var gradient = free.map { _ in 0.0 }
    for item in measurements {
      let (load, bottom) = (item.load, law.denominator(item.load))
      let fitted = law.throughput(at: load)
      let all = [-fitted * (load - 1) / bottom, -fitted * load * (load - 1) / bottom, load / bottom]
      let row = free.map { all[$0] }
      for (place, value) in row.enumerated() {
        gradient[place] += value * (item.throughput - fitted)
        for other in row.indices { normal[place][other] += value * row[other] }
      }
    }
    return (normal, gradient)
  }
}
