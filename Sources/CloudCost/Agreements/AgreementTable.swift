public import Diagnostics
internal import Foundation
internal import Quantities
internal import StructuredText

/// The agreements of a provider at one date.
public struct AgreementTable: Sendable {
  /// What it is called: `aws-slas 2026-11-22`.
  public let name: String
  /// The agreements, in the order of the file.
  public let agreements: [ServiceLevelAgreement]

  /// The agreement with a name.
  public func agreement(named name: String) -> ServiceLevelAgreement? { agreements.first { $0.name == name } }

  /// Reads a table such as `aws-slas/2026-11-22/agreements.csv`: one row for each step of an agreement.
  ///
  /// - Throws: a located finding for each row that can not be read.
  public init(name: String, path: String) throws(Findings) {
    var rows: [Row] = []
    try PriceFolder.records(of: path, fields: Row.fieldCount) { fields in
      guard let row = Row(fields) else {
        return
          "an agreement, its service and scope, whole or each, a commitment such as 99.95 %, both or neither of below and "
          + "credit, published, derived, unverified or own, a source, a date, a note"
      }
      rows.append(row)
      return nil
    }
    self.name = name
    let names = rows.map(\.agreement)
    agreements = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map { place, name in
      rows[place].agreement(steps: rows.filter { $0.agreement == name }.compactMap(\.step))
    }
  }
}

/// A row of a table of agreements.
private struct Row {
  static let fieldCount = 11

  let fields: [String]
  let commitment: Availability
  let step: ServiceLevelAgreement.Step?
  let standing: PriceOrigin.Standing

  var agreement: String { fields[0] }

  init?(_ fields: [String]) {
    guard let commitment = try? Availability(parsing: fields[4]), ["whole", "each"].contains(fields[3]),
      let standing = PriceOrigin.Standing(rawValue: fields[7]), fields[5].isEmpty == fields[6].isEmpty
    else { return nil }
    (self.fields, self.commitment, self.standing) = (fields, commitment, standing)
    guard !fields[5].isEmpty else {
      step = nil
      return
    }
    guard let below = try? Availability(parsing: fields[5]), let share = NumberText(prefixOf: fields[6][...]),
      let percent = share.decimal, share.rest.contains("%"), (0...100).contains(percent)
    else { return nil }
    step = ServiceLevelAgreement.Step(below: below, share: percent / 100)
  }

  func agreement(steps: [ServiceLevelAgreement.Step]) -> ServiceLevelAgreement {
    ServiceLevelAgreement(
      name: fields[0], service: fields[1], scope: fields[2], isOfEach: fields[3] == "each",
      commitment: commitment, steps: steps,
      origin: PriceOrigin(standing: standing, source: fields[8], date: fields[9]), note: fields[10])
  }
}

extension PriceShelf {
  /// The newest table of agreements in a folder of the shelf.
  ///
  /// - Throws: when there is none, or it can not be read.
  public func agreements(named name: String) throws(Findings) -> AgreementTable {
    guard let date = dates(of: name).last else {
      throw Findings([
        Diagnostic(
          slug: "no-agreements", "there is no table of service level agreements \(quoted(name))", at: nil,
          help: "scripts/relmodel knows those of the repository; or set RELMODEL_DATASETS to its datasets")
      ])
    }
    return try AgreementTable(name: "\(name) \(date.name)", path: "\(date.path)/agreements.csv")
  }
}
