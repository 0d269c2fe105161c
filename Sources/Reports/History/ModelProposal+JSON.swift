public import Quantities
internal import Stochastics

extension ModelProposal {
  /// What programs read.
  public var json: JSONValue {
    let proposals = entries.map { entry -> JSONValue in
      [
        "component": .string(entry.component), "mode": .string(entry.mode),
        "incidents": .integer(entry.count), "exposureHours": .number(entry.exposureHours),
        "mtbfHours": entry.meanTime.json(unit: "h"),
        "lastsHours": entry.outage?.json(unit: "h")
          ?? unknownJSON(
            entry.statesParts ? "the model states detection and recovery apart" : "no outage has ended"),
        "meanOutageHours": entry.seenOutageHours.map { .number($0) } ?? unknownJSON("no outage has ended"),
      ]
    }
    return [
      "format": "relmodel/1", "command": "fit",
      "results": [
        "proposals": .array(proposals), "bound": .array(bound.map { .string($0) }),
        "unseen": .array(
          unseen.map { ["cause": .string($0.name), "ratePerYearAtMost": .number($0.atMostPerYear)] }),
        "ofDomains": .array(ofDomains.map { .string($0) }),
        "notInModel": .array(unknown.map { .string($0) }),
      ],
    ]
  }

  /// What a reader of the diff should know, a line each.
  public var notes: [String] {
    var notes: [String] = []
    for entry in entries where entry.statesParts {
      let seen = entry.seenOutageHours.map { "; the history's mean is \(HistoryText.span($0))" } ?? ""
      notes.append(
        "\(entry.component)/\(entry.mode) states detection and recovery apart, so its outage is left as it is\(seen)"
      )
    }
    if !bound.isEmpty { notes.append("bound to the history at run time already: \(list(bound))") }
    if !unseen.isEmpty {
      let texts = unseen.map { "\($0.name) (at most \(significant($0.atMostPerYear, digits: 2)) a year)" }
      notes.append("no incident, so left as they are: \(list(texts))")
    }
    if !ofDomains.isEmpty { notes.append("stated on a domain, to be changed by hand: \(list(ofDomains))") }
    if !unknown.isEmpty { notes.append("in the history and not in the model: \(list(unknown))") }
    return notes
  }

  private func list(_ names: [String]) -> String {
    names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … \(names.count - 8) more" : "")
  }

  /// A what-if file that makes the changes.
  ///
  /// - Parameters:
  ///   - name: of the model.
  ///   - base: the path of the model from where the file will be.
  public func overlay(name: String, base: String) -> String {
    var lines = [
      "relmodel: 1", "name: \(name)-fitted", "source: \"incident history, by relmodel fit\"",
      "extends: \(base)", "", "change:", "  components:",
    ]
    var component: String?
    for entry in entries {
      if entry.component != component {
        lines += ["    \(entry.component):", "      fails:"]
        component = entry.component
      }
      lines.append("        \(entry.mode):")
      lines.append("          mtbf: \(entry.meanTimeText)")
      if entry.hasOccasions { lines.append("          probability: ~") }
      if let outage = entry.outageText { lines.append("          lasts: \(outage)") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
