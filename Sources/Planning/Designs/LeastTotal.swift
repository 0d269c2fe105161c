/// The design with the least of the bill, what is paid once, and all that downtime costs.
public struct LeastTotal: Sendable, Hashable {
  /// Another design whose total sampling can not tell from the least.
  public struct Rival: Sendable, Hashable {
    /// The design.
    public let point: DesignPoint
    /// By how much more it comes to in a month, as far as it is known.
    public let difference: DesignDues.Amount
  }

  /// How far it is the least.
  public enum Proof: Sendable, Hashable {
    /// No design comes to less.
    case proved
    /// None does, as far as the sampled dues are known.
    case upToSampling
    /// One may: no design comes to less than `least` a month, if that is known.
    case found(least: Double?)
  }

  /// The design.
  public let point: DesignPoint
  /// How far it is the least.
  public let proof: Proof
  /// Designs that can not be told from it, the likeliest first.
  public let rivals: [Rival]
  /// What is due a month, of the designs that were sampled; empty where nothing can be due or nothing was sampled.
  public let dues: [[Int]: DesignDues.Amount]
  /// How many designs were worked out as a whole.
  public let looked: Int
}
