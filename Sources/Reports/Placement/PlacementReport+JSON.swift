internal import Planning
public import Quantities
internal import ServiceModel

extension PlacementReport {
  /// The report for programs.
  public var json: JSONValue {
    let best = plan.best
    return [
      "format": "relmodel/1", "command": "plan placement", "model": .string(model.name),
      "results": [
        "placement": [
          "fits": best.fits == .unknown ? .null : .bool(best.fits == .yes),
          "pods": .number(Double(problem.podCount)),
          "waiting": .number(Double(best.waiting)), "waitingAtLeast": .number(Double(best.waitingAtLeast)),
          "proved": .bool(best.isProved),
          "becauseOf": .array((plan.conflict?.constraints ?? []).map { .string(words.text($0)) }),
          "asDrawn": .bool(plan.isAsDrawn),
          "breaches": .array(plan.breaches.map { .string(words.text($0.constraint)) }),
          "pending": .array(plan.scheduled.waiting.map(json)),
          "perNode": .array(problem.nodes.indices.map(json(node:))),
          "losses": .array((plan.nodeLosses + plan.zoneLosses).map(json)),
          "budgets": .array(PlacementBudgets(plan).rows.map(json)),
          "drains": .array(plan.drains.map(json)), "fixes": .array(answers.fixes.map(json)),
          "mix": answers.mix.map(json) ?? .null, "solvers": .array(answers.solved.map(json)),
        ]
      ],
    ]
  }

  private func json(_ solved: SolvedPlacement) -> JSONValue {
    [
      "question": .string(solved.question.rawValue), "solver": .string(solved.solver),
      "value": solved.value.map { .number(Double($0)) } ?? .null,
      "bound": solved.bound.map { .number($0) } ?? .null,
      "checked": .bool(solved.isKept), "better": .bool(solved.isBetter),
    ]
  }

  private func counts(_ values: [Int]) -> JSONValue {
    .array(
      values.enumerated().filter { $0.element > 0 }.map { group, count in
        ["pods": .string(problem.groups[group].name), "count": .number(Double(count))]
      })
  }

  private func json(_ waiting: SchedulerOrder.Waiting) -> JSONValue {
    [
      "pods": .string(problem.groups[waiting.group].name), "count": .number(Double(waiting.count)),
      "reasons": .array(
        waiting.reasons.map {
          [
            "nodes": .number(Double($0.nodes)),
            "reason": .string(words.text($0.refusal, of: waiting.group)),
          ]
        }),
    ]
  }

  private func json(node: Int) -> JSONValue {
    let place = problem.nodes[node]
    let resources = place.room.indices.map { resource -> (String, JSONValue) in
      let isLimited = place.room[resource] < PlacementNode.unlimited
      let key = ["milliCPU", "memoryBytes", "pods"][min(resource, 2)]
      return (
        key,
        [
          "used": .number(Double(used(resource, node))),
          "room": isLimited ? .number(Double(place.room[resource])) : .null,
        ]
      )
    }
    return [
      "node": .string(place.name), "zone": .string(words.zones[place.zone]),
      "pods": counts(shown.counts.map { $0[node] }),
      "resources": .object(Dictionary(resources) { first, _ in first }),
    ]
  }

  private func json(_ loss: PlacementLoss) -> JSONValue {
    [
      "lost": .string(loss.name), "podsThere": counts(loss.lost), "pendingOthersStay": counts(loss.waiting),
      "pendingRepacked": counts(loss.waitingRepacked), "proved": .bool(loss.repacked.isProved),
    ]
  }

  private func json(_ row: PlacementBudgets.Row) -> JSONValue {
    [
      "component": .string(problem.apps[row.app].name), "when": .string(row.when),
      "keeps": .number(Double(row.kept)), "running": .number(Double(row.running)),
      "disruptionsAllowed": .number(Double(row.evictions)),
    ]
  }

  private func json(_ drain: NodeDrain) -> JSONValue {
    [
      "node": .string(problem.nodes[drain.node].name), "evicted": counts(drain.evicted),
      "pending": counts(drain.waiting), "blocked": counts(drain.blocked), "done": .bool(drain.isDone),
    ]
  }

  private func json(_ fix: PlacementFix) -> JSONValue {
    [
      "change": .string(text(fix.change)), "perMonth": .number(amount(fix.microsPerHour)),
      "pendingWithoutZone": fix.waitingWithoutZone.map { .number(Double($0)) } ?? .null,
    ]
  }

  private func json(_ mix: NodeMix) -> JSONValue {
    [
      "perMonth": .number(amount(mix.price)), "perMonthAtLeast": .number(amount(mix.priceAtLeast)),
      "proved": .bool(mix.isProved), "gap": .number(mix.gap),
      "nodes": .array(
        mix.counts.enumerated().flatMap { zone, own in
          own.indices.filter { own[$0] > 0 }.map { type in
            [
              "zone": .string(zone < words.zones.count ? words.zones[zone] : ""),
              "type": .string(answers.offers[type].name), "count": .number(Double(own[type])),
            ]
          }
        }),
    ]
  }
}
