import FoundationEssentials
import Planning

/// HiGHS as a program: it reads MPS, and writes its solution to a file.
struct HighsProgram: ProgrammeSolver {
  let path: String

  var name: String { "HiGHS (\(path))" }

  func answer(to programme: IntegerProgramme, seconds: Double) throws -> ProgrammeAnswer {
    Interruption.listen()
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let (model, solution, log) = (folder.path + "/model.mps", folder.path + "/solution", folder.path + "/log")
    try OutputFile.replace(model, by: programme.mps)
    let arguments = ["--time_limit", "\(seconds)", "--solution_file", solution, "--model_file", model]
    let end = ChildProcess(path: path, arguments: arguments, log: log).run(atMost: seconds + 30)
    if end == .interrupted { throw Exit.Code(value: Exit.interrupted) }
    guard end == .ended(0) || end == .ended(1), let text = text(solution) else {
      throw OutputFailure(
        message: "\(path) gave no solution: \(text(log)?.split(separator: "\n").last ?? "\(end)")")
    }
    return HighsSolutionFile(text, log: self.text(log) ?? "").answer(to: programme)
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// What HiGHS writes: the status, and a line with name and value for each column; the bound is in what it prints.
struct HighsSolutionFile {
  private let lines: [Substring]
  private let log: [Substring]

  init(_ text: String, log: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.log = log.split(separator: "\n")
  }

  func answer(to programme: IntegerProgramme) -> ProgrammeAnswer {
    let status = lines.firstIndex { $0 == "Model status" }.map { lines[($0 + 1)...].first ?? "" }
    return ProgrammeAnswer(values: values(programme), bound: bound, isImpossible: status == "Infeasible")
  }

  private var bound: Double? {
    let line = log.last { $0.drop { $0 == " " }.hasPrefix("Dual bound") }
    return line?.split(separator: " ").last.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
  }

  private func values(_ programme: IntegerProgramme) -> [Int]? {
    guard let heading = lines.firstIndex(where: { $0.hasPrefix("# Columns") }) else { return nil }
    var found: [Substring: Int] = [:]
    for line in lines[(heading + 1)...].prefix(programme.columns.count) {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let value = Double(parts[1]), abs(value) < 1e15 else { return nil }
      found[parts[0]] = Int(value.rounded())
    }
    let values = programme.columns.compactMap { found[Substring($0.name)] }
    return values.count == programme.columns.count ? values : nil
  }
}
