extension Grammar {
  /// The one-of groups that apply to the map at a path of keys from the root of a model.
  package static func groups(at path: [String]) -> [OneOfGroup] {
    var shapes = [model]
    for key in path { shapes = shapes.flatMap { $0.children(under: key) } }
    return shapes.flatMap(\.oneOfGroups)
  }
}

extension Shape {
  /// The shapes that can stand under a key of this one.
  func children(under key: String) -> [Shape] {
    switch self {
    case .names(let item, _): [item]
    case .record(let record): record.fields.filter { $0.key == key }.map(\.shape)
    case .either(let shapes): shapes.flatMap { $0.children(under: key) }
    case .named(let name): Grammar.shape(named: name).children(under: key)
    case .scalar, .choice, .list, .change: []
    }
  }

  /// The groups of a map of this shape; where a scalar can stand too, its `value:` excludes the other keys.
  fileprivate var oneOfGroups: [OneOfGroup] {
    switch self {
    case .record(let record): record.groups.map { OneOfGroup($0.alternatives) }
    case .named(let name): Grammar.shape(named: name).oneOfGroups
    case .either(let shapes): shapes.flatMap(\.oneOfGroups) + [valueGroup(shapes)]
    case .scalar, .choice, .list, .names, .change: []
    }
  }

  private func valueGroup(_ shapes: [Shape]) -> OneOfGroup {
    let keys = shapes.flatMap { shape -> [String] in
      guard case .record(let record) = shape else { return [] }
      return record.fields.map(\.key).filter { $0 != "source" }
    }
    return OneOfGroup([["value"], keys])
  }
}
