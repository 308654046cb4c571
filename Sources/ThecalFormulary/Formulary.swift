/// What the literature says: drugs, tables, rules, devices, sources. The one place where data enters.
///
/// Every file is decoded at first use, by whichever thread comes first, and never changes after.
public final class Formulary: Sendable {
  /// The data that was compiled into the program.
  public static let embedded = Formulary(files: .embedded)

  /// The same data decoded once more. Counting references to what threads share costs more than decoding it
  /// again: a batch gives each of its threads a formulary of its own.
  package static func duplicate() -> Formulary { Formulary(files: .embedded) }

  let files: DataFiles
  private let manifest: Lazy<DataManifest>
  private let sourceIndex: Lazy<[String: Source]>
  private let drugIndex: Lazy<DrugIndex>
  private let equivalents: [String: Lazy<OralEquivalentTable>]
  private let routes: [String: Lazy<RatioTable>]
  private let forbidden: Lazy<[ForbiddenDrug]>
  private let levels: Lazy<LevelTable>
  private let segments: Lazy<SegmentTable>
  private let transportData: Lazy<TransportData>
  private let systemic: Lazy<[SystemicModel]>
  private let uptakes: Lazy<[CSFUptake]>
  private let vocabulary: Lazy<ProductVocabulary>
  private let tallNames: Lazy<[String: String]>
  let rules: RuleFiles
  let deviceFiles: DeviceFiles
  let incidenceFiles: IncidenceFiles

  init(files: DataFiles) {
    self.files = files
    manifest = Lazy { files.require("manifest.json") }
    sourceIndex = Lazy {
      let list: SourceList = files.require("references.json")
      return Dictionary(list.sources.map { ($0.id, $0) }) { first, _ in first }
    }
    drugIndex = Lazy { DrugIndex(files.paths(in: "drugs").map { files.require($0, as: Drug.self) }) }
    equivalents = tables(in: "tables/oral-equivalents", of: files)
    routes = tables(in: "tables/ratios", of: files)
    forbidden = Lazy { files.require(ForbiddenList.path, as: ForbiddenList.self).drugs }
    levels = Lazy { files.require("anatomy/levels.json") }
    segments = Lazy { files.require("anatomy/segments.json") }
    transportData = Lazy { files.require("transport/parameters.json") }
    systemic = Lazy {
      files.paths(in: "kinetics").filter { $0 != CSFUptakeList.path }.map { files.require($0) }
    }
    uptakes = Lazy { files.require(CSFUptakeList.path, as: CSFUptakeList.self).uptakes }
    let (vocabulary, drugIndex) = (Lazy { ProductVocabulary(files) }, drugIndex)
    self.vocabulary = vocabulary
    tallNames = Lazy {
      let names = drugIndex.value.drugs.map(\.tallMan) + vocabulary.value.tallNames.map(\.name)
      return Dictionary(names.map { ($0.lowercased(), $0) }) { first, _ in first }
    }
    rules = RuleFiles(files)
    deviceFiles = DeviceFiles(files)
    incidenceFiles = IncidenceFiles(files)
  }

  /// The version of the data, such as `2026.11.0`.
  public var version: String { manifest.value.version }

  /// Every document that the data cite, by id.
  public var sources: [Source] { sourceIndex.value.values.sorted { $0.id < $1.id } }

  /// The document with an id; nil where there is none.
  public func source(_ id: String) -> Source? { sourceIndex.value[id] }

  /// Every drug, in the order of their names.
  public var drugs: [Drug] { drugIndex.value.drugs }

  /// The drug that a generic name, a salt or a brand names, in any case and with spaces around it.
  public func drug(named text: String) -> Drug? { drugIndex.value.drug(named: text) }

  /// The brand that `text` is; nil where it is a generic name or unknown.
  public func brand(named text: String) -> Drug.Brand? { drugIndex.value.brand(named: text) }

  /// The ids of the tables of oral morphine equivalents, in order.
  public var oralEquivalentIDs: [String] { equivalents.keys.sorted() }

  /// The table of oral morphine equivalents with an id; nil where there is none.
  public func oralEquivalents(_ id: String) -> OralEquivalentTable? { equivalents[id]?.value }

  /// The ids of the tables of ratios, in order.
  public var ratioIDs: [String] { routes.keys.sorted() }

  /// The ratio table with an id; nil where there is none.
  public func ratios(_ id: String) -> RatioTable? { routes[id]?.value }

  /// The ratio tables for a drug in one direction, in the order of their ids.
  public func ratioTables(from: AdministrationRoute, to: AdministrationRoute, drug: String) -> [RatioTable] {
    ratioIDs.compactMap(ratios).filter { $0.from == from && $0.to == to && $0.drugs.contains(drug) }
  }

  /// The group of drugs to which a name belongs that must never be given intrathecally.
  public func neverIntrathecal(named text: String) -> ForbiddenDrug? {
    let key = lookupKey(text)
    return forbidden.value.first { $0.names.contains(key) }
  }

  /// Every group of drugs that must never be given intrathecally.
  public var neverIntrathecal: [ForbiddenDrug] { forbidden.value }

  /// Length and cross-section of the spinal CSF space, vertebra by vertebra.
  public var vertebralLevels: LevelTable { levels.value }

  /// Lengths of the segments of the spinal cord, which supply the dermatomes.
  public var spinalSegments: SegmentTable { segments.value }

  /// Defaults and distributions of the model of transport in CSF.
  public var transport: TransportData { transportData.value }

  /// Published models of drugs in plasma, in the order of their ids.
  public var systemicModels: [SystemicModel] { systemic.value }

  /// How much of a drug's free level in plasma stands in CSF at equilibrium; nil where nothing is known.
  public func csfUptake(of drug: String) -> CSFUptake? { uptakes.value.first { $0.drug == drug } }

  /// Names of medicines with the capitals that keep look-alikes apart, by the name in lower case.
  public var tallManNames: [String: String] { tallNames.value }

  /// `text` for people: each name of a medicine in it with the capitals that keep it apart from look-alikes.
  public func tallMan(_ text: String) -> String {
    let names = tallNames.value
    var (written, word) = ("", "")
    for character in text + "\n" {
      if character.isLetter {
        word.append(character)
      } else {
        written += names[word.lowercased()] ?? word
        written.append(character)
        word = ""
      }
    }
    return String(written.dropLast())
  }

  /// The words in which hospitals write medicines.
  package var productVocabulary: ProductVocabulary { vocabulary.value }

  /// Compares every embedded file with the manifest; empty where nothing has changed.
  public func verifyChecksums() -> [DataFinding] { manifest.value.compare(with: files) }
}

/// One table per file, named after it.
private func tables<Table: Decodable & Sendable>(in folder: String, of files: DataFiles)
  -> [String: Lazy<Table>]
{
  var tables: [String: Lazy<Table>] = [:]
  for path in files.paths(in: folder) {
    tables[String(path.dropFirst(folder.count + 1).dropLast(".json".count))] = Lazy { files.require(path) }
  }
  return tables
}

private struct SourceList: Decodable { let sources: [Source] }
/// The file of what must never be given intrathecally.
struct ForbiddenList: Decodable {
  let drugs: [ForbiddenDrug]

  static let path = "rules/never_intrathecal.json"
}
