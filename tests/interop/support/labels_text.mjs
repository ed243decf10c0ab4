// Prints the text that pdf.js takes out of a PDF: labels_text.mjs NODE_MODULES PDF
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [modules, path] = process.argv.slice(2)
const { getDocument } = await import(pathToFileURL(`${modules}/pdfjs-dist/legacy/build/pdf.mjs`).href)
const data = new Uint8Array(readFileSync(path))
const document = await getDocument({ data, verbosity: 0 }).promise
for (let number = 1; number <= document.numPages; number++) {
  const page = await document.getPage(number)
  const { items } = await page.getTextContent()
  console.log(items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join(''))
}
