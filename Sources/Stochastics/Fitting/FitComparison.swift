/// Laws of several families fitted to one sample, the best first, with how sure the choice is.
public struct FitComparison: Sendable {
  /// The measure that the laws are compared by.
  public enum Criterion: String, Hashable, Sendable {
    /// Akaike's criterion corrected for small samples.
    case aicc
    /// Akaike's criterion, where a sample is too small for the correction.
    case aic
  }

  /// A fit and how it compares.
  public struct Candidate: Sendable {
    /// The fit.
    public let fit: LifetimeFit

    /// How much larger its criterion is than the smallest.
    public let difference: Double

    /// Akaike's weight: the share of exp(−difference / 2), which can be read as the probability that this family is
    /// the best of those compared. It says nothing about families that were not.
    ///
    /// Source: Burnham and Anderson, "Model selection and multimodel inference", 2002, section 2.9.
    public let weight: Double
  }

  /// A family without a maximum, and why.
  public struct Refusal: Hashable, Sendable {
    /// The family.
    public let family: LifetimeFamily
    /// Why its likelihood has no maximum.
    public let reason: NoMaximum
  }

  /// What was compared.
  public let criterion: Criterion

  /// The fits, the smallest criterion first; with one criterion, in the order of the list.
  public let candidates: [Candidate]

  /// The families that could not be fitted.
  public let refusals: [Refusal]

  /// The best fit; nil when no family could be fitted.
  public var best: Candidate? { candidates.first }

  /// Fits the families of a list, each once.
  public init(
    of sample: CensoredSample,
    among families: [LifetimeFamily] = [.exponential, .weibull, .lognormal, .gamma]
  ) {
    var (fits, refusals): ([LifetimeFit], [Refusal]) = ([], [])
    for (index, family) in families.enumerated() where !families[..<index].contains(family) {
      do throws(NoMaximum) {
        fits.append(try LifetimeFit(family, of: sample))
      } catch {
        refusals.append(Refusal(family: family, reason: error))
      }
    }
    let corrected = fits.compactMap(\.aicc)
    criterion = corrected.count == fits.count ? .aicc : .aic
    candidates = Self.ranked(fits, by: criterion == .aicc ? corrected : fits.map(\.aic))
    self.refusals = refusals
  }

  private static func ranked(_ fits: [LifetimeFit], by values: [Double]) -> [Candidate] {
    guard let smallest = values.min() else { return [] }
    let shares = values.map { portableExp((smallest - $0) / 2) }
    let total = shares.reduce(0, +)
    let order = fits.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    return order.map {
      Candidate(fit: fits[$0], difference: values[$0] - smallest, weight: shares[$0] / total)
    }
  }
}
