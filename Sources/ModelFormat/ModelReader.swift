public import Diagnostics
public import ServiceModel

/// Reads models from files.
public struct ModelReader: Sendable {
  /// A model and where it came from.
  public struct Reading: Sendable {
    /// The validated model; its history, if it asks for one, is not bound.
    public let model: Model
    /// The what-if files between the base and the model, in that order.
    public let changes: [Change]
    /// The texts of all files read, for quoting lines in later findings.
    public let sources: [SourceText]
    /// What the model was made of: the files, merged, and what `--set` changed.
    public let declaration: Declaration
    /// The files merged, before what `--set` changed.
    let loaded: LoadedModel
  }

  /// A what-if file and what its change takes.
  public struct Change: Sendable, Equatable {
    /// The file.
    public let file: String
    /// What the model is called from this file on; `nil` when the file names none.
    public let name: String?
    /// What the change costs once, as written.
    public let once: String?
    /// How long it takes, as written.
    public let takes: String?
    /// What a plan states that it saves and costs; `nil` where nothing is stated.
    public let stated: StatedFigures?
    /// By how much a cautious reader lowers its benefits and raises its costs; `nil` where nothing is stated.
    public let risk: RiskMargins?
    let overlay: Overlay
  }

  let loader: ModelLoader

  /// A reader of files on disk.
  public init() { self.init(files: .system) }

  /// A reader of models that are held in memory, by the names of their files.
  public init(texts: [String: String]) { self.init(files: .inMemory(texts)) }

  /// A reader of files from anywhere.
  package init(files: ModelFiles) {
    loader = ModelLoader(files: files, merge: Self.merge)
  }

  /// How changes apply to models.
  static let merge = MergePatch(groups: Grammar.groups(at:))

  /// The model in the file at `path`, merged with what it extends and changed by `assignments`.
  ///
  /// - Parameters:
  ///   - path: the file as the user wrote it.
  ///   - assignments: changes such as `components/api/replicas/count=3`, applied last and in order.
  ///   - judgesRoom: whether units must have room where they are at first.
  /// - Throws: everything that is wrong with it, located, with the texts to quote from.
  public func reading(at path: String, assignments: [String] = [], judgingRoom judgesRoom: Bool = true)
    throws(Findings) -> Reading
  {
    try reading(loader.model(at: path), assignments: assignments, judgingRoom: judgesRoom)
  }

  /// The model in the file at `path`, ready to be read again with some of its levers pulled.
  ///
  /// - Throws: everything that is wrong with it, located, with the texts to quote from.
  public func variants(at path: String, assignments: [String] = []) throws(Findings) -> ModelVariants {
    ModelVariants(reading: try reading(at: path, assignments: assignments), reader: self)
  }

  /// The model in files that are merged, changed by `assignments`.
  func reading(_ files: LoadedModel, assignments: [String], judgingRoom judgesRoom: Bool = true)
    throws(Findings) -> Reading
  {
    let loaded = try loader.assigned(assignments, to: files)
    do throws(Findings) {
      return Reading(
        model: try model(
          from: loaded.declaration, judgingRoom: judgesRoom,
          ownFile: assignments.isEmpty ? loaded.sources.first?.name : nil),
        changes: try changes(loaded.overlays, of: loaded.declaration),
        sources: loaded.sources, declaration: loaded.declaration, loaded: files)
    } catch {
      throw error.adding(sources: loaded.sources)
    }
  }

  /// The model in a merged declaration.
  ///
  /// - Parameter ownFile: the file that was asked for; `nil` when it is changed beside.
  /// - Throws: everything that is wrong with it, located, at once.
  package func model(
    from declaration: Declaration, judgingRoom judgesRoom: Bool = true, ownFile: String? = nil
  ) throws(Findings) -> Model {
    try model(from: declaration, judgingRoom: judgesRoom, ownFile: ownFile, known: nil)
  }

  /// The same with laws of procedures that may have been worked out before.
  func model(
    from declaration: Declaration, judgingRoom judgesRoom: Bool, ownFile: String?, known: ProcedureLaws?
  ) throws(Findings) -> Model {
    var (draft, findings) = decoded(declaration, known: known)
    draft.ownFile = ownFile
    guard findings.isEmpty else { throw Findings(findings + independentFindings(draft)) }
    draft.judgesRoom = judgesRoom
    return try Model(validating: draft)
  }

  /// The typed draft of a declaration, and what the grammar finds wrong with it.
  package func decoded(_ declaration: Declaration) -> (draft: ModelDraft, findings: [Diagnostic]) {
    decoded(declaration, known: nil)
  }

  private func decoded(
    _ declaration: Declaration, known: ProcedureLaws?
  ) -> (draft: ModelDraft, findings: [Diagnostic]) {
    var check = GrammarCheck()
    check.check(declaration, against: Grammar.model, what: "model")
    var decoder = DraftDecoder()
    decoder.known = known
    let draft = decoder.draft(declaration)
    return (draft, check.findings.isEmpty ? decoder.laws.findings : check.findings)
  }

  /// What validation finds that does not follow from values the grammar has refused.
  private func independentFindings(_ draft: ModelDraft) -> [Diagnostic] {
    do throws(Findings) {
      _ = try Model(validating: draft)
      return []
    } catch {
      return error.diagnostics.filter { ModelReader.independentSlugs.contains($0.slug) }
    }
  }

  private static let independentSlugs: Set<String> = [
    "dependency-cycle", "unknown-name", "required-above-count", "name-taken", "domain-circle", "like-circle",
  ]

  private func changes(_ overlays: [Overlay], of model: Declaration) throws(Findings) -> [Change] {
    var check = GrammarCheck()
    for overlay in overlays {
      if let once = overlay.once { check.check(once, against: .scalar(.money), what: "once") }
      if let takes = overlay.takes { check.check(takes, against: .scalar(.positiveDuration), what: "takes") }
      if let stated = overlay.stated { check.check(stated, against: Grammar.stated, what: "stated") }
      if let risk = overlay.risk { check.check(risk, against: Grammar.risk, what: "risk") }
    }
    if !check.findings.isEmpty { throw Findings(check.findings) }
    let currency = model["conventions"]?["currency"]?.scalarText
    var findings: [Diagnostic] = []
    let changes = overlays.map { overlay in
      Change(
        file: overlay.file, name: overlay.declaration["name"]?.text, once: overlay.once?.scalarText,
        takes: overlay.takes?.scalarText,
        stated: overlay.stated.map { StatedFigures($0, currency: currency, findings: &findings) },
        risk: overlay.risk.map { RiskMargins($0, findings: &findings) }, overlay: overlay)
    }
    if !findings.isEmpty { throw Findings(findings) }
    return changes
  }
}

extension Declaration {
  /// The raw text, or that under `value:`.
  fileprivate var scalarText: String? { (self["value"] ?? self).text }
}
