internal import Diagnostics
public import Quantities

/// What a plan states that its change saves and costs, each figure under the name of its reckoning.
///
/// Every figure is money for a time, so that the total of six months is never taken for that of one.
public struct StatedFigures: Sendable, Hashable {
  /// A figure of the plan.
  public struct Figure: Sendable, Hashable {
    /// What its reckoning is called.
    public let name: String
    /// In one figure; `nil` where it is stated by its parts.
    public let whole: MoneyRate?
    /// What hours of downtime cost less.
    public let hours: MoneyRate?
    /// What outages cost less.
    public let outages: MoneyRate?
    /// Work that is no longer lost.
    public let productivity: MoneyRate?
    /// Credits that are no longer paid back.
    public let credits: MoneyRate?
    /// Penalties that are no longer due.
    public let penalties: MoneyRate?
    /// Where it stands; `nil` where nothing says.
    public let source: String?

    /// Every amount.
    public var rates: [MoneyRate] {
      [whole, hours, outages, productivity, credits, penalties].compactMap { $0 }
    }
  }

  /// What the change saves by each reckoning, in the order stated.
  public let saves: [Figure]
  /// What running it costs more by each reckoning, in the order stated.
  public let costs: [Figure]

  /// The figures of a what-if file that the grammar has passed.
  ///
  /// - Parameter currency: that of amounts without one; `nil`: such an amount is a finding.
  init(_ declaration: Declaration, currency: String?, findings: inout [Diagnostic]) {
    var reader = FigureReader(currency: currency, source: declaration["source"]?.text)
    saves = (declaration["saves"]?.entries ?? []).compactMap { reader.figure($0) }
    costs = (declaration["costs"]?.entries ?? []).compactMap { reader.figure($0) }
    findings += reader.findings
  }
}

/// Reads figures, and collects what is wrong with them.
private struct FigureReader {
  let currency: String?
  /// Where figures stand that say nothing themselves.
  let source: String?
  var findings: [Diagnostic] = []

  mutating func figure(_ entry: Declaration.Entry) -> StatedFigures.Figure? {
    let stated = entry.value
    let figure = StatedFigures.Figure(
      name: entry.key.value, whole: rate(stated["value"] ?? stated), hours: rate(stated["hours"]),
      outages: rate(stated["outages"]), productivity: rate(stated["productivity"]),
      credits: rate(stated["credits"]), penalties: rate(stated["penalties"]),
      source: stated["source"]?.text ?? source)
    return figure.rates.isEmpty ? nil : figure
  }

  private mutating func rate(_ declaration: Declaration?) -> MoneyRate? {
    guard let declaration, let text = (declaration["value"] ?? declaration).text else { return nil }
    do throws(QuantityError) {
      return try MoneyRate(parsing: text, currency: currency)
    } catch {
      findings.append(
        Diagnostic(
          slug: "bad-value", error.message, at: declaration.location,
          help: "\"$\(text)\", or conventions: {currency: USD} in the model"))
      return nil
    }
  }
}
