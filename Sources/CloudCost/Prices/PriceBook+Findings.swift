public import Diagnostics
internal import StructuredText

extension PriceBook {
  /// That nothing of a region begins with a name, with the name or region that was probably meant.
  public func noPrice(of prefix: String, region: String?) -> Diagnostic {
    let tables = loaded.filter { region == nil || $0.region == region }
    if let region, tables.isEmpty {
      let near = nearestName(to: region, among: regions)
      return Diagnostic(
        slug: "unknown-region", "\(name) has no prices in \(quoted(region))", at: nil,
        help: near.map { "did you mean --region \($0)?" }
          ?? (regions.isEmpty ? nil : "it has \(regions.joined(separator: ", "))"))
    }
    let services = Set(tables.map(\.service)).sorted()
    let parts = prefix.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let place = region.map { " in \($0)" } ?? ""
    return Diagnostic(
      slug: "no-such-price", "\(name) has no price whose name begins with \(quoted(prefix))\(place)", at: nil,
      help: remedy(for: parts, among: services))
  }

  private func remedy(for parts: [String], among services: [String]) -> String? {
    guard let service = parts.first, services.contains(service) else {
      let near = nearestName(to: parts.first ?? "", among: services)
      return near.map { "did you mean \(([$0] + parts.dropFirst()).joined(separator: "/"))?" }
        ?? "a name begins with one of \(services.joined(separator: ", "))"
    }
    let names = Set(loaded.filter { $0.service == service }.flatMap { $0.prices.map(\.key.description) })
    let wanted = parts.joined(separator: "/")
    let cut = Set(names.map { Self.cut($0, like: wanted) }).sorted()
    return nearestName(to: wanted, among: cut).map { "did you mean \($0)?" }
      ?? "relmodel prices show \(service)/"
  }

  /// As many parts of a name as somebody typed.
  private static func cut(_ name: String, like typed: String) -> String {
    name.split(separator: "/").prefix(typed.split(separator: "/").count).joined(separator: "/")
  }
}
