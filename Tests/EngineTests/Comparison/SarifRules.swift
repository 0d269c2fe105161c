import Quantities

/// The part of sarif-schema-2.1.0.json (OASIS, errata 01) that a log of findings needs: for each object the members that may be
/// there, a subset of the schema's, and those that must.
///
/// All of the schema's objects but `propertyBag` have `additionalProperties: false`, so what is not in the table is wrong.
struct SarifRules {
  /// What a member may hold.
  indirect enum Shape: Sendable {
    case text
    case reference
    case choice([String])
    case integer(atLeast: Int)
    case truth
    case object(String)
    case list(Shape)
    case dictionary(Shape)
  }

  /// An object of the schema; of each list in `required` all members of one must be there.
  struct Object: Sendable {
    let members: [String: Shape]
    let required: [[String]]
  }

  private static let levels = ["none", "note", "warning", "error"]

  static let objects: [String: Object] = [
    "log": Object(
      members: ["$schema": .reference, "version": .choice(["2.1.0"]), "runs": .list(.object("run"))],
      required: [["version"], ["runs"]]),
    "run": Object(
      members: [
        "tool": .object("tool"), "invocations": .list(.object("invocation")),
        "results": .list(.object("result")), "columnKind": .choice(["utf16CodeUnits", "unicodeCodePoints"]),
      ], required: [["tool"]]),
    "tool": Object(members: ["driver": .object("toolComponent")], required: [["driver"]]),
    "toolComponent": Object(
      members: [
        "name": .text, "version": .text, "rules": .list(.object("reportingDescriptor")),
        "notifications": .list(.object("reportingDescriptor")),
      ], required: [["name"]]),
    "reportingDescriptor": Object(
      members: [
        "id": .text, "shortDescription": .object("multiformatMessageString"),
        "fullDescription": .object("multiformatMessageString"), "help": .object("multiformatMessageString"),
      ], required: [["id"]]),
    "multiformatMessageString": Object(
      members: ["text": .text, "markdown": .text], required: [["text"]]),
    "invocation": Object(
      members: [
        "executionSuccessful": .truth, "toolConfigurationNotifications": .list(.object("notification")),
      ], required: [["executionSuccessful"]]),
    "notification": Object(
      members: [
        "message": .object("message"), "level": .choice(levels),
        "descriptor": .object("reportingDescriptorReference"),
      ], required: [["message"]]),
    "reportingDescriptorReference": Object(
      members: ["id": .text, "index": .integer(atLeast: -1)], required: [["index", "id"]]),
    "result": Object(
      members: [
        "ruleId": .text, "ruleIndex": .integer(atLeast: -1), "level": .choice(levels),
        "message": .object("message"), "locations": .list(.object("location")),
        "partialFingerprints": .dictionary(.text),
      ], required: [["message"]]),
    "message": Object(members: ["text": .text, "markdown": .text, "id": .text], required: [["text", "id"]]),
    "location": Object(members: ["physicalLocation": .object("physicalLocation")], required: []),
    "physicalLocation": Object(
      members: ["artifactLocation": .object("artifactLocation"), "region": .object("region")],
      required: [["artifactLocation"]]),
    "artifactLocation": Object(members: ["uri": .reference], required: []),
    "region": Object(
      members: ["startLine": .integer(atLeast: 1), "startColumn": .integer(atLeast: 1)],
      required: [["startLine"]]),
  ]

  /// What is wrong with a log, each as a path and what was expected; empty when nothing is.
  static func violations(_ log: JSONValue) -> [String] { violations(log, .object("log"), at: "") }

  private static func violations(_ value: JSONValue, _ shape: Shape, at path: String) -> [String] {
    switch (shape, value) {
    case (.text, .string), (.truth, .bool): return []
    case (.reference, .string(let text)):
      let isPlain = text.unicodeScalars.allSatisfy {
        $0.isASCII && $0.value > 32 && !"<>\"{}|\\^`".contains(Character($0))
      }
      return isPlain ? [] : ["\(path): no reference of RFC 3986"]
    case (.choice(let choices), .string(let text)): return choices.contains(text) ? [] : ["\(path): \(text)"]
    case (.integer(let least), .integer(let number)): return number >= least ? [] : ["\(path): \(number)"]
    case (.list(let shape), .array(let items)):
      return items.enumerated().flatMap { violations($1, shape, at: "\(path)/\($0)") }
    case (.dictionary(let shape), .object(let members)):
      return members.sorted { $0.key < $1.key }.flatMap { violations($1, shape, at: "\(path)/\($0)") }
    case (.object(let name), .object(let members)): return violations(members, name, at: path)
    default: return ["\(path): of another kind"]
    }
  }

  private static func violations(_ members: [String: JSONValue], _ name: String, at path: String) -> [String]
  {
    guard let object = objects[name] else { return ["\(path): no object \(name)"] }
    let missing = object.required.filter { choices in !choices.contains { members[$0] != nil } }
    return missing.map { "\(path): lacks \($0.joined(separator: " or "))" }
      + members.sorted { $0.key < $1.key }.flatMap { key, value in
        object.members[key].map { violations(value, $0, at: "\(path)/\(key)") } ?? [
          "\(path)/\(key): not in the schema"
        ]
      }
  }
}

extension SarifRules {
  /// What GitHub code scanning asks for beyond the schema, or refuses the whole log.
  ///
  /// Source: GitHub, *SARIF support for code scanning*, tables of supported properties; github/codeql-action #1738, "expected at
  /// least one location".
  static func uploadViolations(_ log: JSONValue) -> [String] {
    guard case .array(let runs)? = log["runs"] else { return ["no runs"] }
    return runs.flatMap { run -> [String] in
      guard case .array(let results)? = run["results"],
        case .array(let rules)? = run["tool"]?["driver"]?["rules"]
      else { return ["no results or rules"] }
      return rules.flatMap {
        lacking(
          $0, of: ["id"], ["shortDescription", "text"], ["fullDescription", "text"], ["help", "text"])
      }
        + results.flatMap { result(of: $0, rules) }
    }
  }

  private static func result(of result: JSONValue, _ rules: [JSONValue]) -> [String] {
    guard case .array(let locations)? = result["locations"], let place = locations.first?["physicalLocation"]
    else {
      return ["a result without a location"]
    }
    guard case .integer(let index)? = result["ruleIndex"], rules.indices.contains(index),
      rules[index]["id"] == result["ruleId"]
    else { return ["a result without its rule"] }
    return lacking(result, of: ["ruleId"], ["level"], ["message", "text"])
      + lacking(place, of: ["artifactLocation", "uri"], ["region", "startLine"])
  }

  private static func lacking(_ value: JSONValue, of paths: [String]...) -> [String] {
    paths.filter { path in
      let found = path.reduce(Optional(value)) { $0?[$1] }
      return found == nil || found == "" || found == .null
    }.map { "lacks \($0.joined(separator: "."))" }
  }
}

extension JSONValue {
  fileprivate subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }
}
