// Runs inside Thunderbird: imports a file as its import page does, and gives every contact as the address book
// keeps it. `arguments`: path, type, and what takes the outcome.
const [path, type, done] = arguments;

async function run() {
  const load = (name) => ChromeUtils.importESModule(`resource:///modules/${name}.sys.mjs`);
  const { MailServices } = load("MailServices");
  const { AddrBookFileImporter } = load("AddrBookFileImporter");
  const created = [];
  const observer = { observe: (card) => created.push(card.QueryInterface(Ci.nsIAbCard).UID) };
  const book = MailServices.ab.getDirectoryFromId(MailServices.ab.newAddressBook("import", "", 101));
  Services.obs.addObserver(observer, "addrbook-contact-created");
  try {
    const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    const importer = new AddrBookFileImporter(type);
    // Rows come back when Thunderbird would have to ask what the columns mean.
    const unknown = type === "csv" ? await importer.parseCsvFile(file) : [];
    if (unknown.length) throw new Error(`Thunderbird asks what these columns are: ${unknown[0]}`);
    await importer.startImport(file, book);
    const cards = book.childCards;
    const first = created.splice(0);
    if (type === "vcard") await importer.startImport(file, book);
    return first.map((uid) => {
      const properties = cards.find((card) => card.UID === uid).vCardProperties;
      const entries = properties.entries.map(({ name, params, value }) => ({ name, params, value }));
      return { entries, columns: Object.fromEntries(properties.toPropertyMap()), replaced: created.includes(uid) };
    });
  } finally {
    Services.obs.removeObserver(observer, "addrbook-contact-created");
    MailServices.ab.deleteAddressBook(book.URI);
  }
}
run().then(done, (error) => done({ error: `${error}\n${error.stack}` }));
