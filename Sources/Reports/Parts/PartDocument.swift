internal import FoundationEssentials
internal import Quantities
public import Simulation

/// What one shard counted, as a file: `"format": "relmodel-part/1"`.
///
/// One line of JSON with the run, the model and the totals, under a digest of their text: a file that was cut off or
/// changed does not pass for a part.
public struct PartDocument: Sendable {
  /// The version of the file's shape.
  public static let format = "relmodel-part/1"
  /// The most bytes of a file that are read.
  public static let byteLimit = 32 << 20

  /// The program that made it, with its version.
  public let tool: String
  /// The model that was simulated.
  public let model: PartModel
  /// The run, which part of it this is, and the totals.
  public let part: SimulationPart
  /// The SHA-256 digest of all of this.
  public let digest: String
  private let content: String

  /// A document of a part.
  public init(tool: String, model: PartModel, part: SimulationPart) {
    self.init(Content(tool: tool, model: model, part: part))
  }

  private init(_ value: Content) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A part holds no number that JSON has not.
    content = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    var digest = SHA256()
    digest.update(Array(content.utf8))
    self.digest = digest.hexDigest()
    (tool, model, part) = (value.tool, value.model, value.part)
  }

  /// The file's text.
  public var text: String {
    "{\"format\":\"\(PartDocument.format)\",\"part\":\(content),\"sha256\":\"\(digest)\"}\n"
  }

  /// The file's name where a folder is given: `part-003-of-128.json`.
  public static func fileName(of shard: Shard) -> String {
    let count = String(shard.count)
    let number = String(shard.number)
    let zeros = String(repeating: "0", count: count.utf8.count - number.utf8.count)
    return "part-\(zeros)\(number)-of-\(count).json"
  }

  private struct Content: Codable {
    let tool: String
    let model: PartModel
    let part: SimulationPart
  }
}

// MARK: Reading

extension PartDocument {
  /// Reads a file of a part made by `tool`.
  ///
  /// - Throws: why it is none, in the user's words.
  public init(parsing bytes: [UInt8], tool: String) throws(PartProblem) {
    let data = Data(bytes)
    let head = try PartDocument.decoded(Head.self, from: data)
    try head.check(tool: tool)
    let file = try PartDocument.decoded(File.self, from: data)
    guard file.part.model.history.allSatisfy(\.isPossible) else {
      throw PartProblem(message: "no incident history says what it holds")
    }
    self.init(file.part)
    guard digest == file.sha256 else {
      throw PartProblem(message: "its digest is not that of its content: it was changed or damaged")
    }
  }

  private struct File: Decodable {
    let part: Content
    let sha256: String
  }

  /// What is looked at first: files of another version have another shape.
  private struct Head: Decodable {
    struct Part: Decodable { let tool: String? }
    let format: String?
    let part: Part?

    func check(tool: String) throws(PartProblem) {
      guard format == PartDocument.format else {
        let found = format.map { "its format is \($0)" } ?? "it states no format"
        throw PartProblem(message: "\(found); a part is \(PartDocument.format), made by simulate --shard")
      }
      guard let made = part?.tool, made != tool else { return }
      throw PartProblem(
        message: "it was made by \(made), and this is \(tool); merge with the version that made the parts")
    }
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, from data: Data) throws(PartProblem)
    -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let problem as PartProblem {
      throw problem
    } catch let error as DecodingError {
      throw PartProblem(message: error.partMessage)
    } catch {
      throw PartProblem(message: "it is no JSON, or is cut off")
    }
  }
}

extension DecodingError {
  /// What is wrong, without the words of the program.
  fileprivate var partMessage: String {
    switch self {
    case .keyNotFound(let key, let context):
      "\((context.codingPath + [key]).partPath) is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.codingPath.isEmpty
        ? "it is no JSON object" : "\(context.codingPath.partPath) is of the wrong kind"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "it is no JSON, is cut off, or holds a number out of range"
        : "\(context.codingPath.partPath) is no such number"
    @unknown default: "it is no part"
    }
  }
}

extension [any CodingKey] {
  fileprivate var partPath: String {
    map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: "/")
  }
}
