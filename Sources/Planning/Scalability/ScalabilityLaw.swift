/// The universal scalability law: throughput under load, X(N) = γ N / (1 + α (N − 1) + β N (N − 1)).
///
/// Source: Gunther, "A simple capacity model of massively parallel transaction systems", CMG 1993; "Guerrilla capacity
/// planning", 2007, chapters 4 and 5.
public struct ScalabilityLaw: Hashable, Sendable {
  /// α, the share of work that has to wait for a common resource; at least 0.
  public let contention: Double
  /// β, the cost of keeping each pair consistent; at least 0.
  public let coherency: Double
  /// γ, the throughput at a load of 1.
  public let single: Double

  /// The throughput at a load.
  public func throughput(at load: Double) -> Double { single * load / denominator(load) }

  func denominator(_ load: Double) -> Double {
    1 + contention * (load - 1) + coherency * load * (load - 1)
  }

  /// What the throughput is at most, and from which load on it falls.
  public enum Ceiling: Hashable, Sendable {
    /// It falls beyond this load.
    case peak(load: Double, throughput: Double)
    /// It comes ever nearer to γ/α and does not reach it.
    case asymptote(throughput: Double)
    /// It grows with the load.
    case none
  }

  /// The ceiling: with β > 0 a peak at √((1 − α)/β), at 1 where α ≥ 1.
  public var ceiling: Ceiling {
    if coherency > 0 {
      let load = (max(0, 1 - contention) / coherency).squareRoot()
      let peak = max(1, load)
      return .peak(load: peak, throughput: throughput(at: peak))
    }
    return contention > 0 ? .asymptote(throughput: single / contention) : .none
  }

  /// The load 1/α at which contention alone halves what each unit of load brings; `nil` without contention.
  public var bestLoad: Double? { contention > 0 ? 1 / contention : nil }

  /// Amdahl's limit γ/α, were there no coherency cost; `nil` without contention.
  public var amdahlLimit: Double? { contention > 0 ? single / contention : nil }
}

/// One measurement of throughput.
public struct ThroughputMeasurement: Hashable, Sendable {
  /// The load: clients, threads, processors; greater than 0.
  public let load: Double
  /// What was done a time; greater than 0.
  public let throughput: Double

  /// A measurement.
  public init(load: Double, throughput: Double) { (self.load, self.throughput) = (load, throughput) }
}
