import ArgumentParser
import FoundationEssentials
@preconcurrency import Glibc
import Planning

/// A solver of integer programmes that may be installed here; nothing needs one.
protocol ProgrammeSolver {
  /// Its name with its version, where that is known.
  var name: String { get }

  /// What it says of a programme, within some time.
  func answer(to programme: IntegerProgramme, seconds: Double) throws -> ProgrammeAnswer
}

/// The solvers that can be asked for.
enum SolverName: String, ExpressibleByArgument, CaseIterable {
  case highs

  /// The solver: the shared library or the program that RELMODEL_HIGHS names, else a library that the loader finds, else a
  /// program in PATH.
  func found() throws -> any ProgrammeSolver {
    let environment = ProcessInfo.processInfo.environment
    if let stated = environment["RELMODEL_HIGHS"], !stated.isEmpty {
      if let library = try HighsLibrary(path: stated) { return library }
      if isProgram(stated) { return HighsProgram(path: stated) }
      throw OutputFailure(
        message:
          "RELMODEL_HIGHS: \(stated) is neither a shared library of HiGHS nor a program that can be run")
    }
    for name in HighsLibrary.names {
      if let library = try HighsLibrary(path: name) { return library }
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for folder in folders where isProgram("\(folder)/highs") { return HighsProgram(path: "\(folder)/highs") }
    throw OutputFailure(
      message:
        "--solver highs needs HiGHS, and neither \(HighsLibrary.names.joined(separator: " nor ")) is where the "
        + "loader looks, nor highs in PATH. Install it (pip install highspy has libhighs.so.1 in its folder) and name "
        + "the library or the program in RELMODEL_HIGHS, or leave --solver out: --mps writes what another solver reads"
    )
  }

  private func isProgram(_ path: String) -> Bool {
    var status = stat()
    return access(path, X_OK) == 0 && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
