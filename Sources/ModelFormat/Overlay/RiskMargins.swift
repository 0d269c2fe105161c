public import Diagnostics

/// By how much a what-if file lowers the benefits of its change and raises its costs, as shares.
///
/// Source: Forrester, *Total Economic Impact*: each category of benefits and costs has a risk of its own.
public struct RiskMargins: Sendable, Hashable {
  /// The share of one kind of benefit or cost.
  public struct Margin: Sendable, Hashable {
    /// Whether it is a benefit, which is lowered, and not a cost, which is raised.
    public let isBenefit: Bool
    /// Which kind, by its key; `nil` for all kinds.
    public let kind: String?
    /// The share; of a benefit at most 1.
    public let share: Double
    /// Where the file says so.
    public let location: SourceLocation
    /// Where it is from; `nil` where nothing says.
    public let source: String?
  }

  /// The margins, benefits first, in the order stated.
  public let margins: [Margin]

  /// The margins of a what-if file that the grammar has passed.
  init(_ declaration: Declaration, findings: inout [Diagnostic]) {
    let source = declaration["source"]?.text
    let benefits = declaration["benefits"].map { Self.margins(of: $0, isBenefit: true, source) } ?? []
    let costs = declaration["costs"].map { Self.margins(of: $0, isBenefit: false, source) } ?? []
    margins = benefits + costs
    findings += benefits.filter { $0.share > 1 }.map {
      Diagnostic(
        slug: "bad-value", "more than all of a benefit can not be taken off", at: $0.location, help: "10 %")
    }
  }

  private static func margins(
    of declaration: Declaration, isBenefit: Bool, _ source: String?
  ) -> [Margin] {
    let source = declaration["source"]?.text ?? source
    if let all = margin(declaration, nil, isBenefit, source) { return [all] }
    return (declaration.entries ?? []).filter { $0.key.value != "source" }.compactMap {
      margin($0.value, $0.key.value, isBenefit, source)
    }
  }

  /// One share; `nil` where there is none, such as in a map of kinds.
  private static func margin(
    _ stated: Declaration, _ kind: String?, _ isBenefit: Bool, _ source: String?
  ) -> Margin? {
    let number = stated["value"] ?? stated
    guard let text = number.text, let share = try? PercentageText.value(of: text, minimum: 0) else {
      return nil
    }
    return Margin(
      isBenefit: isBenefit, kind: kind, share: share, location: number.location,
      source: stated["source"]?.text ?? source)
  }
}
