package import Diagnostics

/// Changes a declaration by another: JSON Merge Patch on maps, lists and texts.
///
/// Maps merge, `null` removes, anything else replaces. In addition, one alternative of a one-of group removes the
/// others. What the change sets keeps the place of the change, everything else its own.
///
/// Source: RFC 7396 (2014), section 2.
package struct MergePatch: Sendable {
  /// The groups that apply to the map at a path of keys from the root.
  package typealias Groups = @Sendable (_ path: [String]) -> [OneOfGroup]

  /// A changed declaration, and what is wrong with the change.
  package struct Outcome: Sendable, Equatable {
    /// The changed declaration.
    package let declaration: Declaration
    /// Removals of what is not there.
    package let findings: [Diagnostic]
  }

  private let groups: Groups

  /// A merge that obeys `groups`; without groups it is RFC 7396 alone.
  package init(groups: @escaping Groups = { _ in [] }) { self.groups = groups }

  /// `base` changed by `patch`.
  ///
  /// - Parameters:
  ///   - patch: what changes; `Declaration.isNull` under a key removes it.
  ///   - base: what is changed.
  /// - Returns: the changed declaration, with a finding `removes-nothing` for each removal of what is not there.
  /// - Complexity: O(entries of both in the maps that merge)
  package func outcome(of patch: Declaration, on base: Declaration) -> Outcome {
    var findings: [Diagnostic] = []
    let declaration = merged(patch, into: base, path: [], findings: &findings)
    return Outcome(declaration: declaration, findings: findings)
  }

  private func merged(
    _ patch: Declaration, into base: Declaration?, path: [String], findings: inout [Diagnostic]
  ) -> Declaration {
    guard let changes = patch.entries else { return patch }
    let entries = base?.entries ?? []
    let location = base?.entries == nil ? patch.location : base?.location ?? patch.location
    let ruledOut = keysRuledOut(by: changes, at: path)
    findings += removalsOfNothing(changes, from: entries)
    let kept = entries.filter { !ruledOut.contains($0.key.value) }
    let result = changed(kept, by: changes, path: path, findings: &findings)
    return Declaration(.map(result), at: location)
  }

  /// The entries of a map with changes applied: changed ones stay where they are, new ones come last.
  private func changed(
    _ entries: [Declaration.Entry], by changes: [Declaration.Entry], path: [String],
    findings: inout [Diagnostic]
  ) -> [Declaration.Entry] {
    let changeOf = Dictionary(changes.map { ($0.key.value, $0) }) { first, _ in first }
    var result: [Declaration.Entry] = []
    for entry in entries {
      guard let change = changeOf[entry.key.value] else {
        result.append(entry)
        continue
      }
      if change.value.isNull { continue }
      let value = merged(
        change.value, into: entry.value, path: path + [entry.key.value], findings: &findings)
      let merges = entry.value.entries != nil && change.value.entries != nil
      result.append(Declaration.Entry(key: merges ? entry.key : change.key, value: value))
    }
    let present = Set(entries.lazy.map(\.key.value))
    for change in changes where !change.value.isNull && !present.contains(change.key.value) {
      let value = merged(change.value, into: nil, path: path + [change.key.value], findings: &findings)
      result.append(Declaration.Entry(key: change.key, value: value))
    }
    return result
  }

  private func keysRuledOut(by changes: [Declaration.Entry], at path: [String]) -> Set<String> {
    let keys = Set(changes.lazy.filter { !$0.value.isNull }.map(\.key.value))
    return groups(path).reduce(into: []) { $0.formUnion($1.keysRuledOut(bySetting: keys)) }
  }

  private func removalsOfNothing(
    _ changes: [Declaration.Entry], from entries: [Declaration.Entry]
  ) -> [Diagnostic] {
    let removals = changes.filter(\.value.isNull)
    guard !removals.isEmpty else { return [] }
    let present = Set(entries.lazy.map(\.key.value))
    return removals.filter { !present.contains($0.key.value) }.prefix(20).map { removal in
      let nearest = nearestName(to: removal.key.value, among: entries.lazy.map(\.key.value))
      return Diagnostic(
        slug: "removes-nothing", "there is no `\(removal.key.value)` here that could be removed",
        at: removal.key.location, help: nearest.map { "\($0): null" } ?? "delete the line")
    }
  }
}
