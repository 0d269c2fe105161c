public import Quantities
public import Reliability
internal import ServiceModel

/// What the loss of each domain does, as part of a report.
public struct DomainLossSection: ReportSection {
  /// The key under which programs find it.
  public let key = "domainLoss"
  private let table: DomainLossTable
  private let rows: [DomainLoss]

  /// A section about some rows of a table.
  public init(table: DomainLossTable, rows: [DomainLoss]) {
    self.table = table
    self.rows = rows
  }

  // MARK: Document

  /// The tables for people.
  public var blocks: [Document.Block] {
    guard !rows.isEmpty else { return [.note("The model has no domain of this kind.")] }
    var blocks: [Document.Block] = [.heading("When a domain is lost"), .table(serviceTable)]
    if !capacityRows.isEmpty {
      blocks.append(
        .table(
          Document.Table(
            columns: ["Lost", "Units of", "left", "of", "needed", "busy", "asked for by"], cells: capacityRows
          )))
    }
    if !moveRows.isEmpty {
      blocks.append(
        .table(
          Document.Table(columns: ["Lost", "Role", "from", "goes to", "after", "loses"], rows: moveRows)))
    }
    blocks.append(singlePointBlock)
    return blocks
  }

  private var serviceTable: Document.Table {
    Document.Table(
      columns: ["Lost", "for", "Capability", "at once", "after failover", "down for", "comes back by"],
      cells: rows.flatMap { loss in
        loss.capabilities.map { capability in
          [
            Document.Cell(loss.name), hours(loss.domains.count == 1 ? loss.domains[0].meanOutageHours : nil),
            Document.Cell(capability.capability), level(capability.atOnce), level(capability.afterFailover),
            hours(capability.recoveryHours), Document.Cell(recovery(capability)),
          ]
        }
      })
  }

  private func hours(_ hours: Double?) -> Document.Cell {
    guard let hours, let span = TimeSpan(hours: hours) else { return "not stated" }
    return Document.Cell(hours == 0 ? "–" : span.description, number: hours)
  }

  private func level(_ level: ServiceLevel) -> Document.Cell {
    switch level {
    case .up: Document.Cell("up", number: nil)
    case .degraded(let fraction): Document.Cell("\(percentage(fraction)) served")
    case .down: "down"
    }
  }

  private func recovery(_ loss: CapabilityLoss) -> String {
    switch loss.recovery {
    case .notNeeded:
      loss.softLosses.isEmpty ? "" : "without \(loss.softLosses.flatMap(\.names).joined(separator: ", "))"
    case .failover(let roles, let probability):
      "failover of \(roles.joined(separator: ", ")), works \(percentage(probability))"
    case .byHand(let roles): "moving \(roles.joined(separator: ", ")) by hand"
    case .rescheduling(let components): "\(components.joined(separator: ", ")) on other nodes"
    case .domainReturns: "its return; lacks \(loss.missingAfterFailover.joined(separator: ", "))"
    }
  }

  private var capacityRows: [[Document.Cell]] {
    rows.flatMap { loss in
      loss.roles.map { role in
        let busiest = role.demands.max { ($0.utilization ?? .infinity) < ($1.utilization ?? .infinity) }
        return [
          Document.Cell(loss.name), Document.Cell(role.name), count(role.leftAfterFailover),
          count(role.units),
          count(role.required),
          busiest.map { demand in
            demand.utilization.map { Document.Cell(percentage($0), number: $0) } ?? "nothing left"
          } ?? "", Document.Cell(busiest?.capability ?? ""),
        ]
      }
    }
  }

  private func count(_ number: Int) -> Document.Cell {
    Document.Cell(grouped(number), number: Double(number))
  }

  private var moveRows: [[String]] {
    rows.flatMap { loss in
      loss.moves.map { move in
        let (target, hours) = destination(move)
        return [
          loss.name, move.role, move.from, target,
          hours.flatMap { TimeSpan(hours: $0)?.description } ?? "", move.loses?.description ?? "not stated",
        ]
      }
    }
  }

  private func destination(_ move: RoleMove) -> (target: String, hours: Double?) {
    switch move.outcome {
    case .automatic(let unit): (unit, move.automaticHours)
    case .byHand(let unit, let lacking):
      ("\(unit) by hand, lacks \(lacking.joined(separator: ", "))", move.byHandHours)
    case .noCandidate: ("nobody is up to take it", nil)
    case .blocked(let lacking): ("nobody, lacks \(lacking.joined(separator: ", "))", nil)
    }
  }

  private var singlePointBlock: Document.Block {
    let fresh = rows.flatMap { loss in
      loss.newSinglePoints.map { point in
        [loss.name, point.entity, point.hits.map(text).joined(separator: ", ")]
      }
    }
    guard !fresh.isEmpty else { return .note("No loss makes a new single point of failure.") }
    return .table(
      Document.Table(columns: ["Lost", "then a single point of failure", "takes down"], rows: fresh))
  }

  private func text(_ hit: SinglePointOfFailure.Hit) -> String {
    hit.effect == .untilFailover ? "\(hit.capability) (until failover)" : hit.capability
  }

  // MARK: JSON

  /// The rows for programs.
  public var json: JSONValue { .array(rows.map(json)) }

  private func json(_ loss: DomainLoss) -> JSONValue {
    let remaining = table.singlePoints(remainingAfter: loss)
    return [
      "lost": strings(loss.domains.map(\.name)), "kind": .string(loss.domains[0].kind.rawValue),
      "units": strings(loss.units), "stopped": strings(loss.stoppedComponents),
      "outageHours": .array(loss.domains.map { quantity($0.meanOutageHours) }),
      "roles": .array(
        loss.roles.map { role in
          [
            "role": .string(role.name), "units": .integer(role.units), "required": .integer(role.required),
            "left": .integer(role.left), "leftAfterFailover": .integer(role.leftAfterFailover),
            "demands": .array(
              role.demands.map { demand in
                [
                  "capability": .string(demand.capability), "units": .number(demand.units),
                  "utilization": demand.utilization.map { .number($0) } ?? unknownJSON("nothing is left"),
                ]
              }),
          ]
        }),
      "moves": .array(loss.moves.map(json)), "capabilities": .array(loss.capabilities.map(json)),
      "newSinglePointsOfFailure": strings(loss.newSinglePoints.map(\.entity)),
      "singlePointsOfFailure": strings(remaining.map(\.entity)),
    ]
  }

  private func json(_ move: RoleMove) -> JSONValue {
    let (target, hours) = destination(move)
    return [
      "role": .string(move.role), "from": .string(move.from), "to": .string(target),
      "afterHours": quantity(hours), "works": .number(move.works),
      "meanRoleOutageHours": quantity(move.meanRoleOutageHours),
    ]
  }

  private func json(_ loss: CapabilityLoss) -> JSONValue {
    var members = plainMembers(loss)
    if let level = loss.afterRescheduling {
      members["servedAfterRescheduling"] = .number(level.servedFraction)
    }
    return .object(members)
  }

  private func plainMembers(_ loss: CapabilityLoss) -> [String: JSONValue] {
    [
      "capability": .string(loss.capability), "servedAtOnce": .number(loss.atOnce.servedFraction),
      "servedAfterFailover": .number(loss.afterFailover.servedFraction),
      "missing": strings(loss.missing), "missingAfterFailover": strings(loss.missingAfterFailover),
      "recovery": .string(recovery(loss)), "recoveryHours": quantity(loss.recoveryHours),
      "meanDowntimeHours": quantity(loss.meanDowntimeHours),
    ]
  }

  private func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private func quantity(_ hours: Double?) -> JSONValue {
    hours.map { exactJSON($0, unit: "h") } ?? unknownJSON("not stated in the model")
  }
}
