/// The distributions there are.
public enum Distributions {
  /// One line per file of this folder.
  public static let all: [any Distribution.Type] = [
    Deterministic.self,
    Empirical.self,
    Exponential.self,
    Gamma.self,
    Lognormal.self,
    Mixture.self,
    PERT.self,
    Triangular.self,
    Uniform.self,
    Weibull.self,
  ]
}
