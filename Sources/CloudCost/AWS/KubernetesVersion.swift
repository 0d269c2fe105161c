internal import Diagnostics

/// A minor version of Kubernetes as EKS offers it: `1.33`.
struct KubernetesVersion: Sendable, CustomStringConvertible {
  /// The number behind `1.`.
  let minor: Int

  /// The last day of standard support by minor version; extended support follows for 12 months, then the cluster is
  /// upgraded to a version that is in it (AWS, Amazon EKS Kubernetes release calendar, by endoflife.date 2026-02-14;
  /// before 1.29 as announced by AWS).
  private static let endOfStandardSupport: [Int: String] = [
    23: "2023-10-11", 24: "2024-01-31", 25: "2024-05-01", 26: "2024-06-11", 27: "2024-07-24",
    28: "2024-11-26", 29: "2025-03-23", 30: "2025-07-23", 31: "2025-11-26", 32: "2026-03-23",
    33: "2026-07-29", 34: "2026-12-02", 35: "2027-03-27",
  ]
  private static let known = (oldest: 23, newest: 35)

  /// What is stated under `version:`; `nil` when nothing is, with a finding when it is no version.
  init?(_ stated: StatedResource, findings: inout [Diagnostic]) {
    guard let text = stated.text("version") else { return nil }
    let parts = text.value.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0] == "1", let minor = Int(parts[1]), minor >= 0 {
      self.minor = minor
      return
    }
    findings.append(
      Diagnostic(
        slug: "unknown-version", "version: “\(text.value)” is no version of Kubernetes", at: text.location,
        help: "version: \"1.33\""))
    return nil
  }

  var description: String { "1.\(minor)" }

  /// Whether standard support has ended on a day; `nil` when that is not known yet.
  ///
  /// Versions before 1.23 are always beyond it: 1.21 and 1.22 were billed as extended from 2024-04-01 until they ended
  /// (AWS Containers blog, Amazon EKS extended support for Kubernetes versions pricing).
  func isInExtendedSupport(on day: String) -> Bool? {
    if minor < Self.known.oldest { return true }
    if let end = Self.endOfStandardSupport[minor] { return day > end }
    return Self.endOfStandardSupport[Self.known.newest].flatMap { day <= $0 ? false : nil }
  }
}
