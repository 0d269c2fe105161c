/// The difference of two texts as `diff -u` writes it, which `patch` and `git apply` read.
public struct UnifiedDiff: Sendable, Hashable {
  private static let context = 3

  private enum Line {
    case kept(String)
    case removed(String)
    case added(String)
  }

  /// The diff; empty when the texts are the same.
  public let text: String

  /// - Parameters:
  ///   - name: the file, for the header.
  ///   - old: its lines.
  ///   - new: the lines it would have.
  public init(name: String, old: [String], new: [String]) {
    let lines = Self.lines(old, new)
    let changed = lines.indices.filter { if case .kept = lines[$0] { false } else { true } }
    guard !changed.isEmpty else {
      text = ""
      return
    }
    var hunks: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - Self.context)..<min(lines.count, index + Self.context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    text = "--- \(name)\n+++ \(name)\n" + hunks.map { Self.hunk(lines, $0) }.joined()
  }

  private static func lines(_ old: [String], _ new: [String]) -> [Line] {
    let difference = new.difference(from: old)
    var (removed, inserted): (Set<Int>, [Int: String]) = ([], [:])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, let element, _): inserted[offset] = element
      }
    }
    var (lines, index, next): ([Line], Int, Int) = ([], 0, 0)
    while index < old.count || next < new.count {
      if index < old.count, removed.contains(index) {
        lines.append(.removed(old[index]))
        index += 1
      } else if let element = inserted[next] {
        lines.append(.added(element))
        next += 1
      } else if index < old.count {
        lines.append(.kept(old[index]))
        (index, next) = (index + 1, next + 1)
      } else {
        break
      }
    }
    return lines
  }

  private static func hunk(_ lines: [Line], _ range: Range<Int>) -> String {
    let (before, inside) = (count(lines[..<range.lowerBound]), count(lines[range]))
    let body = lines[range].map { line in
      switch line {
      case .kept(let text): " \(text)\n"
      case .removed(let text): "-\(text)\n"
      case .added(let text): "+\(text)\n"
      }
    }
    func place(_ start: Int, _ length: Int) -> String { "\(length == 0 ? start : start + 1),\(length)" }
    return "@@ -\(place(before.old, inside.old)) +\(place(before.new, inside.new)) @@\n" + body.joined()
  }

  private static func count(_ lines: ArraySlice<Line>) -> (old: Int, new: Int) {
    lines.reduce(into: (0, 0)) { count, line in
      switch line {
      case .kept: count = (count.0 + 1, count.1 + 1)
      case .removed: count.0 += 1
      case .added: count.1 += 1
      }
    }
  }
}
