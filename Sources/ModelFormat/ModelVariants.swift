public import Diagnostics
public import ServiceModel

/// A model that can be read again with some of its levers pulled, without reading its files again.
public struct ModelVariants: Sendable {
  /// The model as it is.
  public let reading: ModelReader.Reading
  private let declaration: Declaration
  private let reader: ModelReader
  private let procedures: ProcedureLaws?

  init(reading: ModelReader.Reading, reader: ModelReader) {
    self.reading = reading
    declaration = reading.declaration.without("choices")
    self.reader = reader
    procedures = ProcedureLaws(in: reading.declaration)
  }

  /// The model with values of its levers, applied in order.
  ///
  /// - Throws: everything that is wrong with the model so changed, located, with the texts to quote from.
  public func model(with values: [Choice.Value]) throws(Findings) -> Model {
    do throws(Findings) {
      var changed = declaration
      var findings: [Diagnostic] = []
      for value in values {
        let outcome = ModelReader.merge.outcome(of: value.change, on: changed)
        changed = outcome.declaration
        findings += outcome.findings
      }
      guard findings.isEmpty else { throw Findings(findings) }
      return try reader.model(from: changed, judgingRoom: true, ownFile: nil, known: procedures)
    } catch {
      throw error.adding(sources: reading.sources)
    }
  }

  /// What is wrong with single values, each applied alone: what a plan could never carry out. Each finding stands at the
  /// value that brings it about.
  public func findings() -> Findings {
    let wrong = reading.model.choices.flatMap { choice in
      choice.values.flatMap { value -> [Diagnostic] in
        do throws(Findings) {
          _ = try model(with: [value])
          return []
        } catch {
          return error.diagnostics.filter { $0.severity == .error }.map { $0.placed(at: value, of: choice) }
        }
      }
    }
    return Findings(wrong, sources: reading.sources)
  }
}

extension Diagnostic {
  /// The same at the value that brings it about, if it stands elsewhere.
  fileprivate func placed(at value: Choice.Value, of choice: Choice) -> Diagnostic {
    guard let location, !value.change.locations.contains(location) else { return self }
    return Diagnostic(
      severity, slug: slug, "\(choice.name) \(value.name): \(message), at \(location)", at: value.location,
      help: help)
  }
}

extension Declaration {
  /// Where it and everything in it stands.
  fileprivate var locations: [SourceLocation] {
    let inside: [SourceLocation] =
      switch content {
      case .scalar: []
      case .list(let items): items.flatMap(\.locations)
      case .map(let entries): entries.flatMap { [$0.key.location] + $0.value.locations }
      }
    return [location] + inside
  }
}
